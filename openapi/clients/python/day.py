"""A mentor's day, by a client that is generated from the contract."""

import os
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import TypeVar
from uuid import UUID, uuid4

from throughline_client import AuthenticatedClient
from throughline_client.api.cases import open_case
from throughline_client.api.consents import give_consent
from throughline_client.api.entries import list_entries
from throughline_client.api.follow_ups import complete_follow_up, request_follow_up
from throughline_client.api.interventions import log_session, plan_intervention, start_intervention
from throughline_client.api.lists import list_caseload
from throughline_client.api.mentors import assign_mentor, log_contact
from throughline_client.api.referrals import draft_referral, request_referral
from throughline_client.api.staff import show_me
from throughline_client.api.support_plan import show_support_plan
from throughline_client.models import (
    Consent,
    Contact,
    ContactOutcome,
    ContactWith,
    ContentSession,
    DataCategory,
    Delivery,
    Dosage,
    DueInSchoolDays,
    FollowUp,
    FollowUpCompletion,
    InterventionKind,
    InterventionPlan,
    InterventionStart,
    ListedCaseloadLine,
    ListedEntry,
    ListEntriesKind,
    Me,
    Medium,
    NewMentor,
    OpenCase,
    Purpose,
    Referral,
    Session,
    SessionOutcome,
    SignatoryRelation,
    SupportPlan,
)
from throughline_client.types import Response, Unset

T = TypeVar("T")


def client(token: str) -> AuthenticatedClient:
    return AuthenticatedClient(base_url=os.environ["THROUGHLINE_URL"], token=os.environ[token])


def day(offset: int) -> date:
    return (datetime.now(UTC) + timedelta(days=offset)).date()


def written(answer: Response[T]) -> UUID:
    """The id of what was written down: the last step of its location."""
    assert answer.status_code == HTTPStatus.CREATED, answer
    return UUID(answer.headers["Location"].rsplit("/", 1)[1])


def done(answer: Response[T]) -> None:
    assert answer.status_code == HTTPStatus.NO_CONTENT, answer


def main() -> None:
    mentor, director = client("MENTOR_TOKEN"), client("DIRECTOR_TOKEN")
    partner, student = UUID(os.environ["PARTNER"]), UUID(os.environ["STUDENT"])

    # The director opens a case, names its mentor, and starts an intervention.
    me = show_me.sync(client=mentor)
    assert isinstance(me, Me)
    school = me.roles[0].school
    assert isinstance(school, UUID)
    opening = OpenCase(school=school, reason="Absent 14 of 60 days.", tier=2)
    opened = open_case.sync_detailed(student, client=director, body=opening, idempotency_key=str(uuid4()))
    assert opened.status_code == HTTPStatus.CREATED, opened
    assignment = NewMentor(mentor=me.id, since=day(-2))
    written(assign_mentor.sync_detailed(student, client=director, body=assignment, idempotency_key=str(uuid4())))
    planned = InterventionPlan(
        kind=InterventionKind.CHECK_AND_CONNECT,
        what="A word every morning.",
        tier=2,
        delivery=Delivery.INDIVIDUAL,
        dosage=Dosage(sessions_per_week=3, minutes=15),
        goals=[],
    )
    intervention = written(
        plan_intervention.sync_detailed(student, client=director, body=planned, idempotency_key=str(uuid4()))
    )
    start = InterventionStart(on=day(-2))
    done(
        start_intervention.sync_detailed(
            student, intervention, client=director, body=start, idempotency_key=str(uuid4())
        )
    )

    # The mentor finds the student on the caseload …
    caseload = list_caseload.sync(client=mentor, limit=200)
    assert isinstance(caseload, ListedCaseloadLine)
    assert any(line.student == student for line in caseload.items)

    # … talks to the family, holds a session, and does what was agreed …
    contact = Contact(
        on=day(-1),
        outcome=ContactOutcome.MADE,
        medium=Medium.PHONE,
        with_=ContactWith.FAMILY,
        minutes=10,
        note="Mornings are hard.",
    )
    written(log_contact.sync_detailed(student, client=mentor, body=contact, idempotency_key=str(uuid4())))
    session = Session(held_on=day(-1), outcome=SessionOutcome.HELD, minutes=15)
    written(log_session.sync_detailed(student, intervention, client=mentor, body=session, idempotency_key=str(uuid4())))
    agreed = FollowUp(what="Call about the bus.", due=DueInSchoolDays(in_school_days=3), owner=me.id)
    follow_up = written(
        request_follow_up.sync_detailed(student, client=mentor, body=agreed, idempotency_key=str(uuid4()))
    )
    completion = FollowUpCompletion(result="The bus comes at seven now.")
    done(
        complete_follow_up.sync_detailed(
            student, follow_up, client=mentor, body=completion, idempotency_key=str(uuid4())
        )
    )

    # … and the director refers the student to a partner, with the family's consent.
    consent = Consent(
        partner=partner,
        purpose=Purpose.BASIC_NEEDS,
        scope=[DataCategory.DIRECTORY],
        signatory="Her mother",
        relation=SignatoryRelation.PARENT,
        signed_on=day(-1),
    )
    written(give_consent.sync_detailed(student, client=director, body=consent, idempotency_key=str(uuid4())))
    draft = Referral(
        partner=partner, purpose=Purpose.BASIC_NEEDS, reason="A winter coat.", shares=[DataCategory.DIRECTORY]
    )
    referral = written(draft_referral.sync_detailed(student, client=director, body=draft, idempotency_key=str(uuid4())))
    done(request_referral.sync_detailed(student, referral, client=director, idempotency_key=str(uuid4())))

    # The plan shows it all.
    plan = show_support_plan.sync(student, client=mentor)
    assert isinstance(plan, SupportPlan)
    assert not isinstance(plan.contacts, Unset)
    assert plan.contacts.last_on == day(-1)
    assert any(each.entry == referral for each in plan.referrals)
    assert any(each.entry == intervention for each in plan.interventions)

    # What was written down is told apart by its kind.
    page = list_entries.sync(student, client=mentor, kind=ListEntriesKind.SESSION)
    assert isinstance(page, ListedEntry)
    content = page.items[0].content
    assert isinstance(content, ContentSession)
    assert content.session.minutes == 15
    print("the Python client carried out a mentor's day")


main()
