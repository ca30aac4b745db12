"""VR75: a reference in the report leads to a figure, table or chapter that is there and shows what the text says.

A rule on the report, not on a delivery; captions and references are lists (`report_caption.csv`, `report_reference.csv`).
A chapter inside another (2.2.4.1) is about what that one (2.2.4) is about, unless it stands in the list itself.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import some

SELECT = """
SELECT pointer.reference_id, pointer.origin_nb, pointer.caption_kind, pointer.caption_number, pointer.subject_nb,
    list(DISTINCT shown.subject_nb ORDER BY shown.subject_nb) FILTER (WHERE shown.subject_nb IS NOT NULL) AS shown_subjects, (
        SELECT list(caption.caption_number ORDER BY caption.caption_number) FROM reference.report_caption AS caption
        WHERE caption.caption_kind = pointer.caption_kind AND caption.subject_nb = pointer.subject_nb
    ) AS right_numbers
FROM reference.report_reference AS pointer
LEFT JOIN reference.report_caption AS shown
    ON shown.caption_kind = pointer.caption_kind
    AND starts_with(pointer.caption_number || '.', shown.caption_number || '.')
GROUP BY ALL
HAVING NOT coalesce(bool_or(shown.subject_nb = pointer.subject_nb), FALSE)
ORDER BY pointer.reference_id
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: what the reference leads to is not there, or shows something else."""
    kind, number = row["caption_kind"], row["caption_number"]
    shown = some([f"«{subject}»" for subject in row["shown_subjects"] or ()]) if row["shown_subjects"] else ""
    right = f" Det står i {kind} {some(row['right_numbers'])}." if row["right_numbers"] else " Ingen i listen viser det."
    return found_in(
        "VR75", row,
        f"Rapporten ({row['origin_nb']}) viser til {kind} {number} for «{row['subject_nb']}», men {kind} {number} "
        f"{f'viser {shown}' if shown else 'finnes ikke'}.{right} Rett henvisningen.",
        cell=f"{row['origin_nb']}, {row['reference_id']}", found=f"{kind} {number}",
        expected=f"{kind} {some(row['right_numbers'])}" if row["right_numbers"] else "en henvisning som finnes")


RULE = Rule("VR75", SELECT, judge)
