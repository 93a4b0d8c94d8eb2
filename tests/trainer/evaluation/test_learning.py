"""Learning curves from the log of a run."""

from __future__ import annotations

from pathlib import Path

from trainer.evaluation.learning import read_learning

LOG = """epoch,loss,patient_auc,step,val_loss
0,,0.6,10,0.7
0,0.8,,10,
1,,0.7,20,0.6
1,0.5,,20,
1,,0.75,20,0.55
2,nan,,30,
"""


def test_rows_of_an_epoch_come_together_and_the_last_counts(tmp_path: Path) -> None:
    log = tmp_path / "metrics.csv"
    log.write_text(LOG)
    found = read_learning(log)
    assert set(found) == {"loss", "patient_auc", "val_loss"}
    assert found["val_loss"].epoch.tolist() == [1, 2]
    assert found["val_loss"].value.tolist() == [0.7, 0.55]
    assert found["loss"].value.tolist() == [0.8, 0.5]


def test_a_missing_or_damaged_log_gives_no_curves(tmp_path: Path) -> None:
    assert read_learning(tmp_path / "none.csv") == {}
    (tmp_path / "damaged.csv").write_bytes(b"\xff\xfe\x00epoch")
    assert read_learning(tmp_path / "damaged.csv") == {}
