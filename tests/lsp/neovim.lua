-- What a person does with a skill in Neovim, by the keys that the guide tells; SEEN gets what comes of it, as JSON.
local seen = {}
local go

local function wait_for(what, find)
  local timer, left = assert(vim.uv.new_timer()), 1200
  timer:start(0, 25, vim.schedule_wrap(function()
    local found = not timer:is_closing() and find()
    left = left - 1
    if found or left == 0 then
      timer:close()
      seen[what] = found or 'nothing'
      go()
    end
  end))
  coroutine.yield()
end

local function press(keys)
  vim.api.nvim_input(keys)
end

local function diagnostics()
  local found = vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(0))
  return #found > 0 and found
end

local function window()
  for _, one in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(one).relative ~= '' then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(one), 0, -1, false), '\n')
    end
  end
end

local function places()
  local found = vim.tbl_map(function(one)
    return { vim.fs.basename(vim.fn.bufname(one.bufnr)), one.lnum }
  end, vim.fn.getqflist())
  return #found > 0 and found
end

local function proposed()
  local found = vim.tbl_map(function(one) return one.abbr end, vim.fn.complete_info({ 'items' }).items)
  return #found > 0 and vim.list_slice(found, 1, 2)
end

vim.ui.select = function(items, options, choose)
  seen.fixes = vim.tbl_map(options.format_item, items)
  choose(items[1], 1)
end

go = coroutine.wrap(function()
  vim.cmd.edit(vim.env.SKILL)
  wait_for('diagnostics', diagnostics)
  press('/missing-colum<CR>gra')
  wait_for('mended', function() return vim.fn.getline('.'):match('`missing%-column`') end)
  wait_for('undiagnosed', function() return not diagnostics() end)
  press('K')
  wait_for('hover', window)
  press('<Esc>/text-dates<CR>grr')
  wait_for('places', places)
  press('<C-w>p<C-]>')
  wait_for('definition', function()
    local name = vim.fs.basename(vim.api.nvim_buf_get_name(0))
    return name == 'buckets.yaml' and { name, vim.fn.getline('.') }
  end)
  press('<C-o>Go- `<C-x><C-o>')
  wait_for('proposed', proposed)
  press('<C-y> Look first.<Esc>')
  wait_for('written', function() return vim.fn.getline('.'):match('first%.$') and vim.fn.getline('.') end)
  vim.fn.writefile({ vim.json.encode(seen) }, vim.env.SEEN)
  vim.cmd('qall!')
end)
vim.schedule(go)
