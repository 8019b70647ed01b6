"""Files beside the events: the shapes that tools export, to frames with named columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey import paths
from jupyter_journey.errors import ColumnError, JourneyError, UnknownNameError
from jupyter_journey.events import read_crm, read_spend, read_survey, read_tickets

HUBSPOT = (
    "Record ID,First Name,Company Name,Job Title,Lifecycle Stage,Create Date\n"
    "007,Ann,Acme,CTO,Lead,2026-01-05 10:00\n"
    "9007199254740993,Bob,,,Customer,\n"
)
DEALS = (
    "Record ID;Deal Name;Deal Stage;Amount;Create Date;Close Date\n"
    "1;Big;Won;1.234,50;13.01.2026;28.02.2026\n"
    "2;Small;Open;99,00;14.01.2026;\n"
)
HISTORY = (
    "OpportunityId,StageName,CreatedDate,Amount,Probability,CloseDate\n"
    "006A,Prospecting,2026-01-05T10:00:00.000+0000,100.0,10,2026-03-31\n"
)
TYPEFORM = (
    '#,"<strong>How likely</strong> are you to recommend us?",Submit Date (UTC)\n'
    "ab1,9,2026-01-05 10:00:00\ncd2,,2026-01-06 11:00:00\n"
)
SURVEYMONKEY = (
    'Respondent ID,Collector ID,Start Date,End Date,"How satisfied\nare you?",\n'
    ",,,,Response,Comment\n"
    "118,4,01/13/2026 09:58:00 AM,01/13/2026 10:01:00 AM,4,fine\n"
)
QUALTRICS = (
    "StartDate,EndDate,ResponseId,Q1\n"
    "Start Date,End Date,Response ID,How easy was it?\n"
    '"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""_id""}",'
    '"{""ImportId"":""QID1""}"\n'
    "2026-01-05 10:00:00,2026-01-05 10:02:00,R_1,6\n"
)
ZENDESK = (
    "Ticket ID,Requester,Status,Priority,Via,Created at,Solved at,Satisfaction Score,Reopens,"
    "First reply time in minutes,Full resolution time in minutes\n"
    "1,ann,Solved,High,Mail,2026-01-05 10:00,2026-01-06 10:00,good,1,12,1440\n"
    "2,bob,Open,Low,Web,2026-01-07 10:00,,,0,,\n"
)
FRESHDESK = (
    "Ticket ID,Subject,Status,Priority,Source,Created time,Resolved time,Email,"
    "First response time (in hrs)\n"
    "1,Help,Closed,Low,Email,2026-01-05 10:00,2026-01-05 12:00,a@b.example,01:30:30\n"
)


def written(folder: Path, text: str) -> Path:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return path


def moment(text: str) -> pd.Timestamp:
    return pd.Timestamp(text, tz="UTC")


def test_hubspot_contacts(tmp_path: Path) -> None:
    frame = read_crm(written(tmp_path, HUBSPOT), preset="hubspot-contacts")
    assert frame["customer"].tolist() == ["007", "9007199254740993"]
    assert frame["stage"].tolist() == ["Lead", "Customer"]
    assert frame["created"].tolist() == [moment("2026-01-05 10:00"), pd.NaT]
    assert frame["First Name"].tolist() == ["Ann", "Bob"]
    assert list(frame.index) == [2, 3]


def test_hubspot_deals_in_german(tmp_path: Path) -> None:
    frame = read_crm(written(tmp_path, DEALS), preset="hubspot-deals")
    assert frame["amount"].tolist() == [1234.5, 99.0]
    assert frame["closed"].tolist() == [moment("2026-02-28"), pd.NaT]


def test_salesforce_history_is_both_crm_and_events(tmp_path: Path) -> None:
    path = written(tmp_path, HISTORY)
    frame = read_crm(path, preset="salesforce-history")
    assert frame[["customer", "amount", "probability"]].values.tolist() == [["006A", 100.0, 10.0]]
    log = jj.read_events(path, preset="salesforce-stages")
    assert list(log.events) == ["Prospecting"]
    assert log.first == moment("2026-01-05 10:00")


def test_typeform(tmp_path: Path) -> None:
    question = "<strong>How likely</strong> are you to recommend us?"
    frame = read_survey(
        written(tmp_path, TYPEFORM),
        {"score": question},
        preset="typeform",
        values={"kind": "NPS", "touchpoint": "Shop"},
    )
    assert frame["score"].tolist()[:1] == [9.0]
    assert frame["score"].isna().tolist() == [False, True]
    assert frame["asked_at"].tolist() == [moment("2026-01-05 10:00"), moment("2026-01-06 11:00")]
    assert frame["touchpoint"].unique().tolist() == ["Shop"]


def test_surveymonkey_has_two_header_rows(tmp_path: Path) -> None:
    path = written(tmp_path, SURVEYMONKEY)
    assert jj.sniff(path, role="survey").header_rows == 2
    frame = read_survey(
        path,
        {
            "score": "How satisfied\nare you? / Response",
            "comment": "How satisfied\nare you? / Comment",
        },
        preset="surveymonkey",
        values={"kind": "CSAT", "touchpoint": "Shop"},
    )
    assert frame[["answer", "score", "comment"]].values.tolist() == [["118", 4.0, "fine"]]
    assert frame["asked_at"].tolist() == [moment("2026-01-13 10:01")]
    assert list(frame.index) == [3]


def test_qualtrics_has_two_rows_under_the_header(tmp_path: Path) -> None:
    path = written(tmp_path, QUALTRICS)
    assert jj.sniff(path, role="survey").rows_below == 2
    values = {"kind": "CES", "touchpoint": "Shop"}
    frame = read_survey(path, {"score": "Q1"}, preset="qualtrics", values=values)
    assert frame[["answer", "score"]].values.tolist() == [["R_1", 6.0]]
    assert list(frame.index) == [4]


def test_zendesk(tmp_path: Path) -> None:
    frame = read_tickets(written(tmp_path, ZENDESK), preset="zendesk")
    assert frame["ticket"].tolist() == ["1", "2"]
    assert frame["solved_at"].tolist() == [moment("2026-01-06 10:00"), pd.NaT]
    assert frame["resolution_minutes"].tolist()[0] == 1440
    assert frame["reopens"].tolist() == [1, 0]
    assert frame["first_reply_minutes"].isna().tolist() == [False, True]


def test_freshdesk_counts_hours(tmp_path: Path) -> None:
    frame = read_tickets(written(tmp_path, FRESHDESK), preset="freshdesk")
    assert frame["first_reply_minutes"].tolist() == [90.5]
    assert frame["customer"].tolist() == ["a@b.example"]


@pytest.mark.parametrize(
    ("read", "name", "numbers"),
    [
        (read_crm, "crm", {"mrr": "mrr"}),
        (read_survey, "survey", {"score": "score"}),
        (read_tickets, "tickets", {}),
        (read_spend, "spend", {"spend": "spend"}),
    ],
)
def test_the_samples_agree_with_pandas(read: Any, name: str, numbers: dict[str, str]) -> None:
    path = paths.sample_data() / "saas" / f"{name}.csv"
    plain = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame = read(path)
    assert set(frame.columns) == set(plain.columns)
    assert list(frame.index) == list(range(2, len(plain) + 2))
    for column in frame:
        if frame[column].dtype == "datetime64[us, UTC]":
            expected = pd.to_datetime(plain[column].replace("", None), utc=True)
            assert frame[column].tolist() == expected.tolist()
        elif column in numbers:
            assert frame[column].tolist() == plain[column].astype(float).tolist()
        else:
            assert frame[column].tolist() == plain[column].tolist()


SURVEY = "touchpoint,kind,score\nShop,CSAT,4\n"
CLICKS = "month,channel,spend,clicks,impressions\n2026-01,Ads,1,8,8\n"
MAILS = "month,channel,spend,opens,sends\n2026-01,Mail,1,9,\n"


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (read_survey, SURVEY + "Shop,CSAT,6\n", ("row 3", "'score'", "from 1 to 5")),
        (read_survey, SURVEY + "Shop,NPS,-1\n", ("row 3", "'score'", "from 0 to 10")),
        (read_survey, SURVEY + "Shop,csat,4\n", ("row 3", "'kind'", "Did you mean 'CSAT'?")),
        (read_survey, SURVEY + "Shop,CSAT,good\n", ("row 3", "'score'", "'good'")),
        (read_survey, SURVEY + "\nShop,CSAT,good\n", ("row 4", "'score'")),
        (read_survey, "kind,score\nNPS,4\n", ("'touchpoint'", "missing")),
        (read_survey, TYPEFORM, ("typeform", "preset=")),
        (read_spend, "month,channel,spend\n2026-13,Ads,1\n", ("row 2", "'month'")),
        (read_spend, "month,channel,spend\n2026-01,Ads,1.234\n", ("row 2", "several ways")),
        (read_spend, CLICKS + "2026-02,Ads,1,9,8\n", ("row 3", "'clicks'", "impressions")),
        (read_spend, MAILS + "2026-02,Mail,1,9,8\n", ("row 3", "'opens'", "sends")),
        (read_tickets, ZENDESK.replace("2026-01-06", "2026-01-04"), ("zendesk",)),
        (read_crm, "customer,created\n,2026-01-01\n", ("row 2", "'customer'")),
        (read_crm, "customer,created\na,03.04.2026\n", ("'created'", "MM.DD.YYYY")),
        (read_crm, "customer,amount\na,1\nb,NA\n", ("row 3", "'amount'", "'NA'")),
    ],
)
def test_what_does_not_fit_is_refused(
    read: Any, text: str, said: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(ColumnError) as caught:
        read(written(tmp_path, text))
    for part in said:
        assert part in str(caught.value)


def test_a_ticket_solved_before_it_is_created_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, ZENDESK.replace("2026-01-06 10:00", "2026-01-04 10:00"))
    with pytest.raises(ColumnError, match="'solved_at' is before created_at in row 2"):
        read_tickets(path, preset="zendesk")


def test_markers_of_missing_values_can_be_said(tmp_path: Path) -> None:
    path = written(tmp_path, "customer,amount\na,1\nb,NA\n")
    frame = read_crm(path, spec=jj.sniff(path, role="crm", missing=["", "NA"]))
    assert frame["amount"].isna().tolist() == [False, True]


def test_a_frame_is_read_as_a_file_is(tmp_path: Path) -> None:
    path = written(tmp_path, ZENDESK)
    plain = pd.read_csv(path, dtype=str, keep_default_na=False)
    from_frame = read_tickets(plain, preset="zendesk").reset_index(drop=True)
    from_file = read_tickets(path, preset="zendesk").reset_index(drop=True)
    pd.testing.assert_frame_equal(from_frame, from_file, check_dtype=False)


def test_parts_and_presets_have_names(tmp_path: Path) -> None:
    path = written(tmp_path, SURVEY)
    with pytest.raises(UnknownNameError, match="did you mean 'score'"):
        read_survey(path, {"scor": "score"})
    with pytest.raises(UnknownNameError, match="did you mean 'typeform'"):
        read_survey(path, preset="typefrm")
    with pytest.raises(JourneyError, match="no such file"):
        read_survey(tmp_path / "none.csv")


def test_hours_are_hours_where_the_column_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, FRESHDESK.replace("01:30:30", "1.5"))
    assert read_tickets(path, preset="freshdesk")["first_reply_minutes"].tolist() == [90.0]


def test_rows_of_several_files_stay_apart(tmp_path: Path) -> None:
    for name, score in (("a.csv", 4), ("b.csv", 5)):
        text = f"touchpoint,kind,score\nShop,CSAT,{score}\nShop,CSAT,3\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    frame = read_survey(tmp_path)
    assert frame.index.is_unique
    assert frame["score"].tolist() == [4, 3, 5, 3]
    (tmp_path / "b.csv").write_text("touchpoint,kind,score\nShop,CSAT,9\n", encoding="utf-8")
    with pytest.raises(ColumnError, match=r"b\.csv.*'9' in row 2"):
        read_survey(tmp_path)
