"""Step 2: what was asked, which segments there are, who resembles whom, what can be filled in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey import paths
from jupyter_journey.errors import ColumnError, RecordError, UnknownNameError
from jupyter_journey.steps import Request, personas

SAAS = paths.sample_data() / "saas"
CRM = pd.read_csv(SAAS / "crm.csv", dtype=str)


@pytest.fixture(scope="module")
def sample() -> jj.Journey:
    """The sample, without what its interviews answer."""
    journey = jj.Journey.load(SAAS / "saas.journey.json").remove("sources", "interviews")
    people = [one.model_copy(update={"interview": {}}) for one in journey.document.personas]
    return journey.replace("personas", people)


def told(journey: jj.Journey, name: str, **request: str) -> pd.DataFrame:
    return personas.run(journey, Request(**request)).frames[name]  # type: ignore[arg-type]


def with_interviews(folder: Path, frame: pd.DataFrame) -> jj.Journey:
    frame.to_csv(folder / "interviews.csv", index=False)
    return (
        jj.Journey.new("Acme", sources={"interviews": folder / "interviews.csv"})
        .add("segments", name="Teams", where={"plan": "team"})
        .add("personas", name="Champion", segment_id="teams", role="Team lead")
    )


ANSWERS = pd.DataFrame(
    {
        "interview": ["1", "1", "2", "3"],
        "persona": ["Champion", "Champion", "Teams", "Buyer"],
        "question": [
            "PER-Q08",
            "PER-Q01",
            "What are the greatest challenges in your role?",
            "PER-Q12",
        ],
        "answer": ["Deadlines", "I lead a team", "Too many tools", "The board"],
    }
)


def test_each_question_says_for_whom_it_is_open(sample: jj.Journey) -> None:
    people = [
        one.model_copy(update={"interview": {"PER-Q01": "Leads"}, "support": {"PER-S07": "Search"}})
        if one.name == "Champion"
        else one
        for one in sample.document.personas
    ]
    frame = told(sample.replace("personas", people), "coverage")
    assert len(frame) == 16 + 7
    assert frame["answered"].tolist() == [1, *[0] * 21, 1]
    assert frame.loc[0, "missing"] == ("Administrator", "Executive")


def test_the_samples_interviews_answer_all_questions_to_customers() -> None:
    result = personas.run(jj.Journey.load(SAAS / "saas.journey.json"))
    frame = result.frames["coverage"]
    assert frame["answered"].tolist() == [3] * 16 + [0] * 7
    file = pd.read_csv(SAAS / "interviews.csv")
    asked = file.drop(columns=["interview", "persona"]).notna().sum().tolist()
    assert frame["interviews"].tolist() == asked + [0] * 7
    assert "16 of 16 questions" in str(personas.persona_cards(result.journey))
    assert result.frames["drafts"].empty  # what they say stands in the personas already


def test_a_file_of_interviews_answers_by_persona_and_by_segment(tmp_path: Path) -> None:
    frame = told(with_interviews(tmp_path, ANSWERS), "coverage").set_index("question")
    asked = frame.loc["What are the greatest challenges in your role?"]
    assert (asked["answered"], asked["of"], asked["interviews"]) == (1, 1, 2)


def test_a_column_per_question_is_the_same_as_a_row_per_answer(tmp_path: Path) -> None:
    tall = ANSWERS.assign(question=["PER-Q08", "PER-Q01", "PER-Q08", "PER-Q12"])
    wide = tall.pivot_table(
        index=["interview", "persona"], columns="question", values="answer", aggfunc="first"
    ).reset_index()
    (tmp_path / "wide").mkdir()
    one = told(with_interviews(tmp_path, tall), "coverage")
    pd.testing.assert_frame_equal(one, told(with_interviews(tmp_path / "wide", wide), "coverage"))


def test_what_is_taken_over_fills_empty_fields_and_gives_a_source(tmp_path: Path) -> None:
    journey = with_interviews(tmp_path, ANSWERS)
    result = personas.run(journey)
    assert result.journey == journey  # nothing is written unasked
    after = personas.accept(journey, result.frames["drafts"]).document.personas
    champion, buyer = after
    assert champion.role == "Team lead"
    assert champion.challenges == ("Deadlines", "Too many tools")
    assert champion.sources == ("interviews.csv",)
    assert (buyer.name, buyer.decision_process) == ("Buyer", "The board")
    assert "CHK-204" not in set(jj.check(journey.replace("personas", after))["check"])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"answer": ["Ask ann@example.com", "a", "b", "c"]}, "e-mail address .* in row 2"),
        ({"e-mail": ["x", "y", "z", "u"]}, "'e-mail' tells who was asked"),
        ({"question": ["PER-Q99", *["PER-Q01"] * 3]}, "'PER-Q99' in row 2"),
    ],
)
def test_real_people_and_unknown_questions_are_refused(
    tmp_path: Path, changed: dict[str, list[str]], said: str
) -> None:
    journey = with_interviews(tmp_path, ANSWERS.assign(**changed))
    with pytest.raises(ColumnError, match=said):
        personas.run(journey)


def test_a_reason_on_record_lets_them_in(tmp_path: Path) -> None:
    journey = with_interviews(tmp_path, ANSWERS.assign(answer="Ask ann@example.com"))
    settings = journey.settings.model_copy(update={"personal_data": "Agreed in writing"})
    assert len(told(journey.change(settings=settings), "coverage")) == 23


def test_suggested_segments_have_the_sizes_of_the_table(sample: jj.Journey) -> None:
    frame = told(sample, "suggested")
    assert frame["column"].iloc[0] == "plan"  # the journey's segments go by it
    assert {"lifecycle_stage", "currency", "customer"}.isdisjoint(frame["column"])
    for column, part in frame.groupby("column"):
        expected = CRM.drop_duplicates("customer", keep="last")[column].value_counts()
        assert part.set_index("value")["customers"].to_dict() == expected.to_dict()
    named = frame.dropna(subset="segment").set_index("value")["segment"].to_dict()
    assert named == {"enterprise": "Enterprise", "business": "Business", "team": "Teams"}


def test_groups_of_few_are_left_out_with_what_would_give_them_away(tmp_path: Path) -> None:
    plans = ["team"] * 40 + ["solo"] * 30 + ["trial"] * 9
    customers = [f"c{number}" for number in range(len(plans))]
    pd.DataFrame({"customer": customers, "plan": plans}).to_csv(tmp_path / "crm.csv", index=False)
    journey = jj.Journey.new("Acme", sources={"crm": tmp_path / "crm.csv"})
    journey = journey.add("segments", name="Trials", where={"plan": "trial"})
    result = personas.run(journey)
    assert set(result.frames["suggested"]["value"]) == {"team"}
    assert result.frames["segments"]["customers"].isna().all()
    assert not result.frames["drafts"]["reason"].str.contains("9").any()


def test_a_segment_without_a_persona_gets_a_draft_of_what_most_of_it_are(
    sample: jj.Journey,
) -> None:
    journey = sample.remove("personas", "Champion")
    rows = told(journey, "drafts")
    team = CRM[CRM["plan"] == "team"]["role"]
    assert (team == "Champion").mean() > 0.5
    made = personas.accept(journey, rows).document.personas[-1]
    assert (made.name, made.segment_id, made.role) == ("Teams", "teams", "Champion")
    assert made.industry == ""  # none is that of half of them
    assert told(journey, "segments").set_index("name")["personas"]["Teams"] == ()


def test_suggested_segments_are_taken_over_once() -> None:
    rows = pd.DataFrame({"column": ["plan", "plan"], "value": ["team", "solo"]})
    once = personas.take_segments(jj.Journey.new("Acme"), rows)
    assert [dict(one.where) for one in once.document.segments] == [
        {"plan": "team"},
        {"plan": "solo"},
    ]
    assert personas.take_segments(once, rows) == once


def test_a_proposal_that_no_persona_can_take_is_refused_with_its_row() -> None:
    journey = jj.Journey.new("Acme")
    good = {"persona": "Ann", "field": "role", "proposal": "Team lead"}
    for wrong, column in (
        ({"field": "interview"}, "field"),
        ({"field": "id"}, "field"),
        ({"persona": None}, "persona"),
        ({"persona": ""}, "persona"),
        ({"field": None}, "field"),
    ):
        with pytest.raises(RecordError) as refused:
            personas.accept(journey, pd.DataFrame([good, good | wrong]))
        assert (refused.value.row, refused.value.column) == (1, column)
    with pytest.raises(UnknownNameError, match="did you mean 'role'"):
        personas.accept(journey, pd.DataFrame([good | {"field": "rolle"}]))


def test_a_suggested_number_stays_a_number(tmp_path: Path) -> None:
    crm = pd.DataFrame({"customer": [f"c{n}" for n in range(60)], "seats": [5, 10, 20] * 20})
    crm.to_csv(tmp_path / "crm.csv", index=False)
    journey = jj.Journey.new("Acme", sources={"crm": tmp_path / "crm.csv"})
    rows = pd.DataFrame({"column": ["seats"], "value": [5]})
    after = personas.take_segments(journey, rows)
    (segment,) = after.document.segments
    assert (segment.name, dict(segment.where)) == ("5", {"seats": 5})
    assert not isinstance(segment.where["seats"], str)
    assert personas.take_segments(after, rows) == after
    assert told(after, "segments")["customers"].tolist() == [20]


def test_two_alike_are_named_with_what_tells_them_apart() -> None:
    about = {"role": "Team lead", "industry": "Retail", "challenges": ("Deadlines",)}
    journey = (
        jj.Journey.new("Acme")
        .add("personas", name="Ann", **about)
        .add("personas", name="Ben", **about | {"industry": "Banking"})
        .add("personas", name="Cid", role="Buyer")
    )
    result = personas.run(journey)
    first = result.frames["alike"].iloc[0]
    assert (first["persona"], first["other"]) == ("Ann", "Ben")
    assert first["likeness"] == pytest.approx(2 / 3)  # two of three fields, all their words
    assert first["apart"] == ("Industry",)
    assert "Do they need two personas?" in result.sentences["alike"]


def test_japanese_words_are_compared_sign_by_sign() -> None:
    journey = jj.Journey.new("Acme", language="ja")
    for name, role in {"甲": "管理者", "乙": "管理人"}.items():
        journey = journey.add("personas", name=name, role=role)
    assert told(journey, "alike")["likeness"].tolist() == [pytest.approx(2 / 4)]


def test_a_card_says_who_was_asked_and_what_is_assumed() -> None:
    journey = jj.Journey.new("Acme").add("personas", name="Ann", interview={"PER-Q01": "Leads"})
    card = str(personas.persona_cards(journey))
    assert "[assumed]" in card
    assert "Customers: 1 of 16 questions" in card


def test_of_one_persona_only_what_tells_of_it(sample: jj.Journey) -> None:
    result = personas.run(sample, Request(persona="Champion"))
    assert set(result.frames) == {"personas", "coverage"}
    assert (result.frames["coverage"]["of"] == 1).all()
