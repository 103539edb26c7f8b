"""Libraries that this sandbox does not have."""

from ..script import OTHER_TOOL, LoadSkill, Scene, py, sh

CAUSE = "optional-dependency-missing"


def rank_correlation(left: str, right: str) -> Scene:
    """scipy for what pandas can do."""
    return (
        py(
            "The rank correlation of $left and $right.",
            """
            from scipy.stats import spearmanr
            from marketstore import Store
            returns = Store().panel(["$left", "$right"], "20260101", "20261030").dropna().pct_change().dropna()
            print(spearmanr(returns["$left"], returns["$right"]))
            """,
            fails=CAUSE,
            left=left,
            right=right,
        ),
        sh("I try to install it.", "pip install scipy", fails=OTHER_TOOL),
        LoadSkill("No network. What does the skill say?", "optional-libraries"),
        py(
            "Spearman is Pearson on ranks.",
            """
            from marketstore import Store
            returns = Store().panel(["$left", "$right"], "20260101", "20261030").dropna().pct_change().dropna()
            print(round(returns.rank().corr().iloc[0, 1], 3))
            """,
            left=left,
            right=right,
        ),
    )


def hidden_scipy(left: str, right: str) -> Scene:
    """pandas itself asks for scipy."""
    return (
        py(
            "Spearman by pandas.",
            """
            from marketstore import Store
            returns = Store().panel(["$left", "$right"], "20260301", "20261030").dropna().pct_change().dropna()
            print(returns["$left"].corr(returns["$right"], method="spearman"))
            """,
            fails=CAUSE,
            left=left,
            right=right,
        ),
        py(
            "Ranks first, then the plain correlation.",
            """
            from marketstore import Store
            returns = Store().panel(["$left", "$right"], "20260301", "20261030").dropna().pct_change().dropna()
            print(round(returns["$left"].rank().corr(returns["$right"].rank()), 3))
            """,
            left=left,
            right=right,
        ),
    )


def chart(code: str, start: str, out: str) -> Scene:
    """A chart without matplotlib."""
    return (
        py(
            "A chart of $code since $start.",
            """
            import matplotlib
            matplotlib.use("Agg")
            import matplotlib.pyplot as plt
            from marketstore import Store
            bars = Store().daily("$code", "$start")
            plt.plot(bars["close"])
            plt.savefig("$out.png")
            """,
            fails=CAUSE,
            code=code,
            start=start,
            out=out,
        ),
        LoadSkill("There is a skill on plotting.", "plotting"),
        py(
            "No matplotlib here: I draw the line as SVG.",
            """
            from pathlib import Path
            from marketstore import Store
            close = Store().daily("$code", "$start")["close"]
            low, high, step = close.min(), close.max(), 600 / (len(close) - 1)
            points = " ".join(f"{i * step:.1f},{200 - 180 * (y - low) / (high - low):.1f}" for i, y in enumerate(close))
            line = f'<polyline points="{points}" fill="none" stroke="#1f6feb"/>'
            Path("$out.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 210">{line}</svg>')
            print("$out.svg", len(close), "points")
            """,
            code=code,
            start=start,
            out=out,
        ),
    )


def quick_plot(code: str) -> Scene:
    """`.plot()` needs matplotlib too; a sparkline does."""
    return (
        py(
            "A quick look at $code.",
            """
            from marketstore import Store
            Store().daily("$code", "20261001").plot(x="trade_date", y="close")
            """,
            fails=CAUSE,
            code=code,
        ),
        py(
            "A sparkline in text will do.",
            """
            from marketstore import Store
            close = Store().daily("$code", "20261001")["close"]
            level = (close - close.min()) / (close.max() - close.min()) * 7
            print("".join("▁▂▃▄▅▆▇█"[int(n)] for n in level), close.iloc[-1])
            """,
            code=code,
        ),
    )


def spreadsheet(code: str, start: str) -> Scene:
    """Excel without its writer."""
    return (
        py(
            "I write the bars of $code as a spreadsheet.",
            """
            from marketstore import Store
            Store().daily("$code", "$start").to_excel("bars.xlsx", index=False)
            """,
            fails=CAUSE,
            code=code,
            start=start,
        ),
        py(
            "No openpyxl here. CSV opens in a spreadsheet as well.",
            """
            from marketstore import Store
            bars = Store().daily("$code", "$start")
            bars.to_csv("bars.csv", index=False)
            print(len(bars), "rows in bars.csv")
            """,
            code=code,
            start=start,
        ),
    )
