"""What is a secret and what is not. Every secret here is put together at test time and was never issued by anyone."""

from __future__ import annotations

import base64
import random
import string

import pytest

from skills_lint.redaction import Redactor

LOWER, UPPER, DIGITS = string.ascii_lowercase, string.ascii_uppercase, string.digits
LETTERS = LOWER + UPPER + DIGITS
HEX = "0123456789abcdef"


def made(length: int, alphabet: str = LETTERS, seed: int = 5) -> str:
    draw = random.Random(f"{length}{alphabet}{seed}")  # noqa: S311 - not for use, and the same in every run
    return "".join(draw.choice(alphabet) for _ in range(length))


PASSWORD = "Harbor" + "#" + made(8) + "7"
TOKEN = made(40)
BASIC = base64.b64encode(f"bot:{PASSWORD}".encode()).decode()
PEM_LINES = [made(64, LETTERS + "+/", seed) for seed in range(6)]
PEM = "\n".join(["-----BEGIN " + "RSA PRIVATE" + " KEY-----", *PEM_LINES, "-----END " + "RSA PRIVATE" + " KEY-----"])
UUID = "-".join(made(n, HEX) for n in (8, 4, 4, 4, 12))

FORMS = {  # tokens that show by their form what they are
    "aws-id": "AK" + "IA" + made(16, UPPER + "234567"),
    "aws-session": "AS" + "IA" + made(16, UPPER + "234567"),
    "aws-id-like-words": "AK" + "IA" + "ZYUAINLTISZL" + "OQWY",
    "github": "ghp" + "_" + made(36),
    **{f"github-{kind}": f"gh{kind}" + "_" + made(36) for kind in "ousr"},
    "github-fine-grained": "github" + "_pat_11" + made(20, UPPER + DIGITS) + "_" + made(59),
    "gitlab": "glpat" + "-" + made(20),
    "gitlab-runner": "glrt" + "-" + made(20),
    "gitlab-routable": "glpat" + "-" + made(27) + ".01." + made(9),
    "slack": "xoxb" + f"-{made(12, DIGITS[1:])}-{made(13, DIGITS[1:])}-{made(24)}",
    "slack-user": "xoxp" + f"-{made(12, DIGITS[1:])}-{made(12, DIGITS[1:])}-{made(12, DIGITS[1:])}-{made(32, HEX)}",
    "slack-app": "xapp" + f"-1-A{made(10, UPPER + DIGITS)}-{made(13, DIGITS[1:])}-{made(64, HEX)}",
    "slack-webhook": "https://hooks.slack.com/serv" + f"ices/T{made(8, UPPER)}/B{made(10, UPPER)}/{made(24)}",
    "stripe-live": "sk" + "_live_" + made(24),
    "stripe-test": "sk" + "_test_" + made(24),
    "stripe-restricted": "rk" + "_live_" + made(24),
    "stripe-webhook": "whsec" + "_" + made(32),
    "openai": "sk" + "-proj-" + made(74) + "T3Blbk" + "FJ" + made(74),
    "openai-service": "sk" + "-svcacct-" + made(74) + "T3Blbk" + "FJ" + made(74),
    "openai-admin": "sk" + "-admin-" + made(74) + "T3Blbk" + "FJ" + made(74),
    "openai-legacy": "sk" + "-" + made(20) + "T3Blbk" + "FJ" + made(20),
    "anthropic": "sk" + "-ant-api03-" + made(93) + "AA",
    "anthropic-admin": "sk" + "-ant-admin01-" + made(93) + "AA",
    "anthropic-oauth": "sk" + "-ant-oat01-" + made(93) + "AA",
    "deepseek": "sk" + "-" + made(32, HEX),
    "openrouter": "sk" + "-or-v1-" + made(64, HEX),
    "groq": "gsk" + "_" + made(52),
    "xai": "xai" + "-" + made(80),
    "google-api": "AI" + "za" + "Sy" + made(33),
    "google-oauth": "GOC" + "SPX-" + made(28),
    "google-access": "ya" + "29.a0" + made(160),
    "azure": made(3) + "8Q" + "~" + made(34),
    "azure-devops": made(52) + "JQQ" + "J99" + made(18) + "AZ" + "DO" + made(4),
    "azure-ai": made(52) + "JQQ" + "J99" + made(18) + "AC" + "OG" + made(4),
    "azure-storage": made(76, LETTERS + "+/") + "+A" + "St" + made(5) + "A==",
    "npm": "npm" + "_" + made(36),
    "pypi": "py" + "pi-AgEIcHlwaS5vcmc" + made(140),
    "docker": "dckr" + "_pat_" + made(27),
    "databricks": "da" + "pi" + made(32, HEX),
    "digitalocean": "dop" + "_v1_" + made(64, HEX),
    "sendgrid": "SG" + "." + made(22) + "." + made(43),
    "shopify": "shp" + "at_" + made(32, HEX),
    "vault": "hv" + "s." + made(90),
    "notion": "nt" + "n_" + made(46),
    "linear": "lin" + "_api_" + made(40),
    "telegram": made(10, DIGITS[1:]) + ":AA" + made(33),
    "discord": "MT" + made(24) + ".G" + made(5) + "." + made(38),
    "huggingface": "hf" + "_" + made(34),
    "sonar": "sqp" + "_" + made(40, HEX),
    "hubspot": "pat" + "-na1-" + UUID,
    "figma": "figd" + "_" + made(40),
    "jwt": "eyJ" + made(33) + ".eyJ" + made(50) + "." + made(43),
    "discord-webhook": "https://discord.com/api/web" + "hooks/" + made(18, DIGITS[1:]) + "/" + made(68),
}
FRAMES = ("DEBUG client: using {} for this call", "export KEY={}", '  "value": "{}",', "E   AssertionError: '{}' != ''")


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor(b"k" * 32)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("kind", FORMS)
def test_a_token_is_redacted_by_its_form_and_the_line_around_it_stays(
    redactor: Redactor, kind: str, frame: str
) -> None:
    before, after = frame.split("{}")

    redacted = redactor.text(frame.replace("{}", FORMS[kind]))

    assert redacted.startswith(before)
    assert redacted.endswith(after)
    assert FORMS[kind][-16:] not in redacted
    assert "[redacted:" in redacted


NAMED = [
    ("DB_PASSWORD={}", PASSWORD),
    ('export ADMIN_PASSWORD="{}"', PASSWORD),
    ("DB_PASSWORD={}\r\nNEXT=1", PASSWORD),
    ('{"user": "app", "password": "{}"}', PASSWORD),
    ('{"body": "{\\"client_secret\\": \\"{}\\"}"}', TOKEN),
    ('{\\\\\\"password\\\\\\": \\\\\\"{}\\\\\\"}', PASSWORD),
    ("  token: {}", TOKEN),
    ("    password: '{}'", PASSWORD),
    ('password = "{}"', PASSWORD),
    ('password: str = "{}"', PASSWORD),
    ('password = "my dog {} barks"', PASSWORD),
    ('connect(host="db", password="{}", port=5432)', PASSWORD),
    ("{'api_key': '{}', 'retries': 3}", TOKEN),
    ('os.environ["API_TOKEN"] = "{}"', TOKEN),
    ('os.getenv("API_TOKEN", "{}")', TOKEN),
    ("define('DB_PASSWORD', '{}');", PASSWORD),
    ("WANDB_API_KEY={}", made(40, HEX)),
    ("HEROKU_API_KEY={}", UUID),
    ("SECRET_KEY = '{}'", "django-insecure-" + made(50, LOWER + DIGITS + "#$%&*(-_=+)")),
    ("AWS_SECRET_ACCESS_KEY={}", made(40, LETTERS + "+/")),
    ("aws configure set aws_secret_access_key {}", made(40, LETTERS + "+/")),
    ("<password>{}</password>", PASSWORD),
    ('<add key="ApiKey" value="{}" />', TOKEN),
    ("**Password:** `{}`", PASSWORD),
    ("| password | {} |", PASSWORD),
    ("the password is {}", PASSWORD),
    ("ENV DB_PASSWORD {}", PASSWORD),
    ("DefaultEndpointsProtocol=https;AccountName=acme;AccountKey={};EndpointSuffix=core.windows.net", made(88)),
    ("Server=tcp:db.acme.dev;Database=shop;User ID=app;Password={};Encrypt=true", PASSWORD),
    ('{"auths": {"registry.acme.dev": {"auth": "{}"}}}', BASIC),
    ("machine api.acme.dev login bot password {}", PASSWORD),
    ("//registry.acme.dev/:_authToken={}", TOKEN),
    ("db.acme.dev:5432:shop:app:{}", PASSWORD),
    ("bot:{}:19000:0:99999:7:::", "$6$abcdefgh$" + made(86)),
]
COMMANDS = [
    ("mytool --password {} --verbose", PASSWORD),
    ("mytool --token={} sync", TOKEN),
    ("['mytool', '--token', '{}']", TOKEN),
    ("mysql -u root -p{} shop < dump.sql", PASSWORD),
    ("sshpass -p '{}' ssh deploy@10.1.2.3 uptime", PASSWORD),
    ("docker login -u bot -p {} registry.acme.dev", PASSWORD),
    ("echo {} | docker login -u bot --password-stdin", PASSWORD),
    ('echo "deploy:{}" | chpasswd', PASSWORD),
    ("redis-cli -h cache -a {} ping", PASSWORD),
    ("PGPASSWORD={} psql -h db -U app", PASSWORD),
    ("curl -u bot:{} https://ci.acme.dev/api/json", PASSWORD),
    ("ALTER USER app WITH PASSWORD '{}';", PASSWORD),
    ("requests.get(url, auth=HTTPBasicAuth('bot', '{}'))", PASSWORD),
]
HEADERS = [
    ("Authorization: Bearer {}", TOKEN),
    ("authorization: Basic {}", BASIC),
    ("Authorization: token {}", made(40, HEX)),
    ("{'Authorization': 'Bearer {}', 'Accept': '*/*'}", TOKEN),
    ("[(b'authorization', b'Bearer {}')]", TOKEN),
    ("curl -sH 'X-Api-Key: {}' https://api.acme.dev/v1/me", TOKEN),
    ("PRIVATE-TOKEN: {}", made(20)),
    ("Cookie: theme=dark; sessionid={}; lang=en", made(32, LOWER + DIGITS)),
    ("Set-Cookie: auth_token={}; Path=/; HttpOnly", TOKEN),
    ("curl -b 'PHPSESSID={}' https://acme.dev", made(26, LOWER + DIGITS)),
]
ADDRESSES = [
    ("postgresql://app:{}@db.acme.dev:5432/shop", PASSWORD.replace("#", "_")),
    ("mongodb+srv://svc:{}@cluster0.ab1cd.mongodb.net/?retryWrites=true", TOKEN),
    ("redis://:{}@cache.acme.dev:6379/0", TOKEN),
    ("amqp://worker:{}@mq:5672//", made(12)),
    ("git clone https://oauth2:{}@git.acme.dev/team/app.git", TOKEN),
    ("git clone https://{}@git.acme.dev/team/app.git", TOKEN),
    ("GET /v1/users?access_token={}&page=2 HTTP/1.1", TOKEN),
    ("https://acme.blob.core.windows.net/c/f?sv=2023-01-03&sp=r&sig={}", made(40) + "%3D"),
    ("https://acme.s3.amazonaws.com/k?X-Amz-Expires=900&X-Amz-Signature={}", made(64, HEX)),
    ("https://acme.dev/#access_token={}&token_type=bearer", TOKEN),
]


@pytest.mark.parametrize(("frame", "secret"), [*NAMED, *COMMANDS, *HEADERS, *ADDRESSES])
def test_a_secret_is_redacted_by_its_place_and_the_text_around_it_stays(
    redactor: Redactor, frame: str, secret: str
) -> None:
    before, after = frame.split("{}", 1) if frame.count("{}") == 1 else frame.rsplit("{}", 1)

    redacted = redactor.text(before + secret + after)

    assert secret not in redacted
    if "my dog" not in frame:  # a passphrase vanishes as a whole
        assert redacted.startswith(before)
        assert redacted.endswith(after)


@pytest.mark.parametrize("end", ["\n-----END RSA PRIVATE KEY-----", "", "\n... 40 lines cut"])
@pytest.mark.parametrize("line_end", ["\n", "\\n", "\\\\n", "\r\n"])
def test_a_private_key_is_redacted_whole_or_cut_off(redactor: Redactor, line_end: str, end: str) -> None:
    text = "key:\n" + PEM.removesuffix("\n-----END RSA PRIVATE KEY-----") + end

    redacted = redactor.text(text.replace("\n", line_end))

    assert not any(line in redacted for line in PEM_LINES)
    assert redacted.startswith("key:")


ORDINARY = [
    "def connect(api_key: str | None = None, token: str = '', *, secret=None):",
    'password = os.environ["DB_PASSWORD"]',
    "return Client(api_key=api_key, password=get_password(), auth=(user, passwd))",
    "token = self.tokenizer.next_token(stream)",
    "    return self.fetch(token, password=password)",
    "const secretKey = process.env.SECRET_KEY ?? '';",
    "headers.Authorization = `Bearer ${token}`;",
    "KeyError: 'river_secret_name'",
    "E       assert token == expected_token",
    "tests/test_auth.py::test_password_reset[river-12] PASSED [ 50%]",
    "-    secret_name: river-credentials\n+    secretKeyRef: {name: river-db, key: password}",
    "passwordPolicy: strict",
    "parser.add_argument('--api-key', type=str, default=None)",
    'parser.add_argument("--token", help="the token to use")',
    'OPENAI_API_KEY=sk-...\nexport TOKEN=<your-token>\npassword: "${DB_PASSWORD}"\nAuthorization: Bearer $TOKEN',
    'api_key = "YOUR_API_KEY"\nPASSWORD=changeme\nsecret: "********"',
    "postgres://user:password@localhost:5432/db",
    "AKIA" + "IOSFODNN7EXAMPLE",
    f"sha256:{made(64, HEX)}  river.tar.gz",
    f"commit {made(40, HEX)}\n    Fix the refresh of tokens",
    f"request_id={UUID} span={made(16, HEX)} key=river",
    f'{{"sessionId": "{UUID}", "tool_use_id": "toolu_01{made(22)}", "max_tokens": 4096}}',
    f"chatcmpl-{made(29)} call_{made(24)} arn:aws:secretsmanager:eu-west-1:{made(12, DIGITS)}:secret:river-{made(6)}",
    f'"integrity": "sha512-{base64.b64encode(made(64).encode()).decode()}"',
    f'<img src="data:image/png;base64,iVBORw0KGgo{made(400, LETTERS + "+/")}">',
    f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{made(43)}",
    f"-----BEGIN CERTIFICATE-----\n{made(64)}\n{made(64)}\n-----END CERTIFICATE-----",
    f'"next_token": "{made(40)}", "cache_key": "v2-linux-{made(64, HEX)}"',
    f'etag: W/"{made(32, HEX)}" ptr 0x{made(16, HEX)}',
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_stays_as_it_is(redactor: Redactor, text: str) -> None:
    assert redactor.text(text) == text


def test_the_same_secret_has_the_same_placeholder_and_another_has_another(redactor: Redactor) -> None:
    other = "ghp" + "_" + made(36, seed=9)

    first, again, second = (redactor.text(f"x {t} y") for t in (FORMS["github"], FORMS["github"], other))

    assert first == again != second
    assert Redactor(b"other key").text(f"x {FORMS['github']} y") != first
