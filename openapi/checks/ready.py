"""Brings somebody new to where an operation is next, by the same requests as anybody's."""

import uuid
from collections.abc import Callable
from typing import Any

from bodies import fit
from contract import OPERATIONS

# What comes right before an operation; where nothing is said, an open case is enough.
BEFORE = {
    "show_enrolment": "enrol_student",
    "exit_student": "enrol_student",
    "show_role": "grant_role",
    "end_role": "grant_role",
    "show_confidentiality_agreement": "grant_role",
    "record_confidentiality_agreement": "grant_role",
    "reopen_case": "close_case",
    "resolve_need": "identify_need",
    "set_goal": "propose_goal",
    "cancel_goal": "propose_goal",
    "revise_goal": "set_goal",
    "measure_progress": "set_goal",
    "hold_goal": "set_goal",
    "close_goal": "set_goal",
    "resume_goal": "hold_goal",
    # A plan is submitted once there is something that it pursues.
    "draft_plan": "propose_goal",
    "submit_plan": "draft_plan",
    "approve_plan": "submit_plan",
    "return_plan": "submit_plan",
    "revoke_plan": "submit_plan",
    "review_plan": "approve_plan",
    "hold_plan": "approve_plan",
    "complete_plan": "approve_plan",
    "resume_plan": "hold_plan",
    "start_intervention": "plan_intervention",
    "adjust_intervention": "plan_intervention",
    "discontinue_intervention": "plan_intervention",
    "show_intervention_tracking": "plan_intervention",
    "log_session": "start_intervention",
    "pause_intervention": "start_intervention",
    "complete_intervention": "start_intervention",
    "resume_intervention": "pause_intervention",
    "request_referral": "draft_referral",
    "cancel_referral": "draft_referral",
    "accept_referral": "request_referral",
    "reject_referral": "request_referral",
    "forward_referral": "request_referral",
    "fail_referral": "request_referral",
    "hold_referral": "request_referral",
    "resume_referral": "hold_referral",
    "start_service": "accept_referral",
    "complete_referral": "start_service",
    "end_mentor_assignment": "assign_mentor",
    "hand_over_notes": "assign_mentor",
    "withdraw_consent": "give_consent",
    "reassign_follow_up": "request_follow_up",
    "reschedule_follow_up": "request_follow_up",
    "complete_follow_up": "request_follow_up",
    "cancel_follow_up": "request_follow_up",
    "correct_note": "add_note",
    "change_note_visibility": "add_note",
    "correct_entry": "add_note",
    "retract_entry": "add_note",
    "move_entry": "add_note",
    "show_entry": "add_note",
    "review_override": "override_access",
    "show_agreement": "sign_agreement",
    "renew_agreement": "sign_agreement",
    "suspend_agreement": "sign_agreement",
    "reinstate_agreement": "sign_agreement",
    "show_policy": "keep_policy",
    "keep_onward_party": "sign_agreement",
    "list_disclosed_students": "sign_agreement",
    "certify_destruction": "sign_agreement",
    "show_attachment": "attach_file",
    "decide_case_histories": "request_case_histories",
    "export_case_histories": "decide_case_histories",
    "withdraw_case_histories": "decide_case_histories",
    "request_amendment": "add_note",
    "agree_to_amendment": "request_amendment",
    "refuse_amendment": "request_amendment",
    "withdraw_amendment": "request_amendment",
    "record_hearing": "refuse_amendment",
    "attach_statement": "refuse_amendment",
}
WITHOUT_CASE = {"open_case", "keep_student", "show_student", "enrol_student", "exit_student", "show_enrolment"}
# Who does what the director does not.
BY = {"approve_plan": "mental_health_manager", "keep_student": "service", "keep_staff_member": "service"}
BY |= {"sign_agreement": "privacy_officer", "keep_policy": "privacy_officer"}
BY |= {"request_case_histories": "program_manager", "decide_case_histories": "privacy_officer"}
DIRECTOR = "community_school_director"
# So many days ago happens what happens on the way.
AGO = -5

# One black dot.
PICTURE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU"
    b"\0\0\0\nIDATx\x9cc\xf8\x0f\0\x01\x01\x01\0\x1b\xb6\xeeV\0\0\0\0IEND\xaeB`\x82"
)
# An agreement that has ended.
ENDED = {"starts_on": "2020-09-01", "ends_on": "2021-08-31"}

# As whom, the method, the path, the body: answers with the last part of the `Location`, if there is one.
Call = Callable[[str, str, str, Any], str | None]


class Ready:
    """Carries out what comes before."""

    def __init__(self, ids: dict[str, str], call: Call) -> None:
        """`ids` are what requests may name, by the name under which they do; `call` makes a request."""
        self.ids = ids
        self.call = call

    def bring(self, operation: str) -> dict[str, str]:
        """The parameters of a path on which `operation` is next."""
        names = OPERATIONS[operation].parameters
        place: dict[str, str] = {name: str(uuid.uuid4()) for name in ("staff", "student") if name in names}
        if "agreement" in names:
            place |= {"partner": self.ids["partner"], "agreement": str(uuid.uuid4())}
        if operation == "certify_destruction":
            place["ended"] = "it is"
        if "version" in names:
            place |= {"name": f"checks-{uuid.uuid4().hex[:12]}", "version": "1"}
        if "staff" in place:
            self._do("keep_staff_member", place)
        if "student" in place:
            self._do("keep_student", place)
        steps = _before(operation)
        if "student" in place and operation not in WITHOUT_CASE:
            self._do("open_case", place)
            # The mentor sees the student; what is shared with a partner is consented to.
            for step in sorted({"assign_mentor", "give_consent"} - {operation, *steps}):
                self._do(step, place)
            if operation == "forward_referral":
                self._do("give_consent", place, partner=self.ids["other_partner"])
        entry = ""
        for step in steps:
            entry = self._do(step, {name: entry for name in OPERATIONS[step].parameters[-1:]} | place) or entry
        return {names[-1]: entry} | place if names else place

    def _do(self, step: str, place: dict[str, str], **other: str) -> str | None:
        """One step on the way, with `other` ids than the usual."""
        operation = OPERATIONS[step]
        if operation.picture:
            return self.call(BY.get(step, DIRECTOR), operation.method, operation.path.format(**place), PICTURE)
        body = fit(operation.example(), (self.ids | other).get, lambda to_come: 30 if to_come else AGO)
        if place.get("ended"):
            body |= ENDED
        return self.call(BY.get(step, DIRECTOR), operation.method, operation.path.format(**place), body)


def _before(operation: str) -> list[str]:
    """What comes before `operation`, in this order."""
    return [*_before(BEFORE[operation]), BEFORE[operation]] if operation in BEFORE else []
