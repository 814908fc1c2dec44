"""What the drill did and whether the laws held, for a person and for a script."""

from dataclasses import dataclass, field


@dataclass
class Ledger:
    targets: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)  # of closed tasks
    remaining: int = 0
    attempts: int = 0
    uploads: int = 0
    repeats: int = 0
    laws: dict[str, bool] = field(default_factory=dict)
    seconds: float = 0.0
    lost_answers: int = 0
    conflicts: int = 0
    refused: int = 0
    people_added: int = 0
    figures: dict[str, float] = field(default_factory=dict)  # of this kind of drill

    @property
    def lawful(self) -> bool:
        return bool(self.laws) and all(self.laws.values())

    def text(self) -> str:
        lines = [f"{'doors':>24}  {self.targets:,}"]
        lines += [f"{outcome:>24}  {count:,}" for outcome, count in sorted(self.outcomes.items())]
        lines += [f"{'remaining':>24}  {self.remaining:,}", ""]
        for name in ("attempts", "uploads", "repeats", "lost_answers", "conflicts", "refused", "people_added"):
            lines.append(f"{name.replace('_', ' '):>24}  {getattr(self, name):,}")
        lines += [f"{name.replace('_', ' '):>24}  {value:,}" for name, value in self.figures.items()]
        lines += ["", *(f"{'holds' if held else 'BROKEN':>24}  {law}" for law, held in self.laws.items())]
        return "\n".join([*lines, "", f"{'seconds':>24}  {self.seconds:.1f}"])
