use std::time::Duration;

use actix_web::{
    body::to_bytes,
    http::{Method, StatusCode, header},
    test::{TestRequest, init_service},
};
use application::{
    Error as Failure, HeldRole, Staff, StaffMember, StaffWanted,
    reference::{AgreementState, ConfidentialityAgreement},
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{Role, StaffId};
use serde_json::{Value, json};

use super::*;
use crate::auth::{Rates, fresh_key};

use no_cases::no_cases;
use no_changes::no_changes;
use no_figures::no_figures;
use no_outcomes::no_outcomes;
use no_reference::no_reference;

mod no_cases;
mod no_changes;
mod no_figures;
mod no_outcomes;
mod no_reference;

struct OneMentor;

#[async_trait]
impl Staff for OneMentor {
    async fn by_subject(&self, subject: &str) -> Result<Option<StaffMember>, Failure> {
        let role = HeldRole { role: Role::SuccessMentor, school: None, partner: None };
        let name = "Rosa Diaz".try_into().expect("a name");
        let agreement = match subject {
            "mentor" => ConfidentialityAgreement { state: AgreementState::InForce, signed: None },
            "newcomer" => ConfidentialityAgreement { state: AgreementState::Unsigned, signed: None },
            _ => return Ok(None),
        };
        Ok(Some(StaffMember {
            id: StaffId::default(),
            name,
            roles: vec![role],
            agreement,
            sharing: vec![],
            overrides: vec![],
        }))
    }

    async fn by_id(&self, _: StaffId) -> Result<Option<StaffMember>, Failure> {
        Ok(None)
    }

    async fn on(&self, _: NaiveDate, _: &StaffWanted) -> Result<Vec<StaffMember>, Failure> {
        Ok(vec![])
    }
}

#[async_trait]
impl Ready for OneMentor {
    async fn ready(&self) -> Result<(), Failure> {
        Err(Failure::unavailable("no database"))
    }
}

fn server() -> Server {
    let issuer = DevIssuer::with_key(&fresh_key().expect("a key")).expect("an issuer");
    let verifier = Arc::new(issuer.verifier());
    Server {
        cases: no_cases(),
        reference: no_reference(),
        figures: no_figures(),
        outcomes: no_outcomes(),
        changes: no_changes(),
        gate: Gate {
            verifier: Some(verifier),
            staff: Arc::new(OneMentor),
            register: no_cases().register,
            rates: Rates::per_minute(0, 0),
        },
        dev_issuer: Some(Arc::new(issuer)),
        ready: Arc::new(OneMentor),
        limits: Limits::default(),
        origins: Origins::default(),
        certificate: None,
        metrics: Metrics::unheard().expect("metrics"),
    }
}

struct Answer {
    status: StatusCode,
    headers: header::HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    #[track_caller]
    fn is_problem(&self, status: u16, code: &str) {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["type"], format!("/problems/{code}"));
        assert_eq!(problem["status"], status);
        assert_eq!(problem["instance"], self.header("x-request-id"));
    }
}

async fn send(server: &Server, request: TestRequest) -> Answer {
    let service = init_service(app(server, &Shared::declared())).await;
    let request = request.to_request();
    let (status, headers, body) = match actix_web::dev::Service::call(&service, request).await {
        Ok(answer) => {
            let (status, headers) = (answer.status(), answer.headers().clone());
            (status, headers, to_bytes(answer.into_body()).await.unwrap_or_default())
        }
        Err(error) => {
            let answer = error.error_response();
            let (status, headers) = (answer.status(), answer.headers().clone());
            (status, headers, to_bytes(answer.into_body()).await.expect("a body"))
        }
    };
    Answer { status, headers, body: body.to_vec() }
}

fn me(server: &Server, subject: &str) -> TestRequest {
    let issuer = server.dev_issuer.as_ref().expect("an issuer");
    let token = issuer.token(subject, Duration::from_secs(60)).expect("a token");
    TestRequest::get().uri("/v1/me").append_header(("authorization", format!("Bearer {token}")))
}

#[actix_web::test]
async fn who_has_a_token_and_a_record_is_told_who_one_is() {
    let server = server();
    let answer = send(&server, me(&server, "mentor")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["roles"], json!([{"role": "success_mentor"}]));
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[actix_web::test]
async fn who_has_no_token_is_asked_for_one() {
    let answer = send(&server(), TestRequest::get().uri("/v1/me")).await;
    answer.is_problem(401, "unauthenticated");
    assert!(answer.header("www-authenticate").starts_with("Bearer "));
    send(&server(), TestRequest::get().uri("/v1/nothing")).await.is_problem(401, "unauthenticated");
    send(&server(), TestRequest::get().uri("/%76%31/me")).await.is_problem(401, "unauthenticated");
}

#[actix_web::test]
async fn who_is_not_on_the_staff_gets_no_further() {
    let server = server();
    send(&server, me(&server, "stranger")).await.is_problem(403, "no-staff-record");
}

#[actix_web::test]
async fn who_has_not_signed_can_see_that_and_sign_and_nothing_else() {
    let server = server();
    let answer = send(&server, me(&server, "newcomer")).await;
    assert_eq!(answer.json()["agreement"], json!({"state": "unsigned"}));
    let own = "/v1/me/confidentiality-agreement";
    assert_eq!(send(&server, me(&server, "newcomer").uri(own)).await.json(), json!({"state": "unsigned"}));
    for elsewhere in ["/v1/caseload", "/v1/nothing", "/v1/me/", "/v1//me", "/v1/%6de", "/v1/schools"] {
        let refused = send(&server, me(&server, "newcomer").uri(elsewhere)).await;
        refused.is_problem(403, "no-confidentiality-agreement");
    }
}

#[actix_web::test]
async fn an_address_that_does_not_exist_is_a_problem() {
    let server = server();
    send(&server, TestRequest::get().uri("/nothing")).await.is_problem(404, "not-found");
    send(&server, me(&server, "mentor").uri("/v1/nothing")).await.is_problem(404, "not-found");
}

#[actix_web::test]
async fn a_method_that_is_not_served_is_told_which_are() {
    let server = server();
    let answer = send(&server, me(&server, "mentor").method(Method::DELETE)).await;
    answer.is_problem(405, "method-not-allowed");
    assert_eq!(answer.header("allow"), "GET, HEAD");
    send(&server, TestRequest::post().uri("/livez")).await.is_problem(405, "method-not-allowed");
    assert_eq!(send(&server, TestRequest::with_uri("/livez").method(Method::HEAD)).await.status, 200);
}

#[actix_web::test]
async fn a_sane_request_id_is_kept() {
    let answer = send(&server(), TestRequest::get().uri("/nothing").append_header(("x-request-id", "abc-1"))).await;
    assert_eq!(answer.header("x-request-id"), "abc-1");
    answer.is_problem(404, "not-found");
}

#[actix_web::test]
async fn without_a_database_it_lives_but_is_not_ready() {
    let server = server();
    assert_eq!(send(&server, TestRequest::get().uri("/livez")).await.status, 200);
    let answer = send(&server, TestRequest::get().uri("/readyz")).await;
    answer.is_problem(503, "unavailable");
    assert_eq!(answer.header("retry-after"), "1");
}

#[actix_web::test]
async fn every_problem_has_its_page() {
    let server = server();
    for known in crate::problem::ALL {
        let page = TestRequest::with_uri(&format!("/problems/{}", known.code));
        assert_eq!(send(&server, page).await.json()["title"], known.title);
    }
    send(&server, TestRequest::get().uri("/problems/none")).await.is_problem(404, "not-found");
}

#[actix_web::test]
async fn the_page_of_the_contract_asks_nothing_of_others() {
    let server = server();
    let page = send(&server, TestRequest::get().uri("/docs/")).await;
    assert_eq!(page.status, 200);
    let text = String::from_utf8(page.body.clone()).expect("text");
    assert!(!text.contains("http://") && !text.contains("https://") && !text.contains("<script>"), "{text}");
    assert!(page.header("content-security-policy").contains("default-src 'self'"));
    let initializer = send(&server, TestRequest::get().uri("/docs/swagger-initializer.js")).await;
    assert!(String::from_utf8_lossy(&initializer.body).contains("/openapi.json"));
}

#[actix_web::test]
async fn the_issuer_publishes_its_public_key_only() {
    let keys = send(&server(), TestRequest::get().uri("/dev/.well-known/jwks.json")).await.json();
    assert_eq!((&keys["keys"][0]["alg"], &keys["keys"][0]["d"]), (&json!("ES256"), &Value::Null));
    let quiet = Server { dev_issuer: None, ..server() };
    send(&quiet, TestRequest::get().uri("/dev/.well-known/jwks.json")).await.is_problem(404, "not-found");
}

mod misbehaving {
    use actix_web::{App, HttpResponse};

    use super::*;
    use crate::Body;

    #[derive(serde::Deserialize, utoipa::ToSchema)]
    struct Word {
        #[expect(dead_code, reason = "only its form matters here")]
        word: String,
    }

    async fn status(request: TestRequest) -> (u16, String) {
        let limits = Limits { body: 64, request_seconds: 0, ..Limits::default() };
        let service = App::new()
            .app_data(Data::new(limits))
            .route("/panic", web::get().to(async || -> HttpResponse { panic!("SECRET") }))
            .route("/slow", web::get().to(async || -> HttpResponse { std::future::pending().await }))
            .route("/word", web::post().to(async |_: Body<Word>| HttpResponse::Ok()))
            .wrap(from_fn(guard))
            .wrap(from_fn(arrive));
        let service = init_service(service).await;
        let request = request.to_request();
        match actix_web::dev::Service::call(&service, request).await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                (status, String::from_utf8_lossy(&to_bytes(answer.into_body()).await.expect("a body")).into_owned())
            }
            Err(error) => {
                let answer = error.error_response();
                let status = answer.status().as_u16();
                (status, String::from_utf8_lossy(&to_bytes(answer.into_body()).await.expect("a body")).into_owned())
            }
        }
    }

    #[actix_web::test]
    async fn a_panic_and_a_time_out_are_problems() {
        let (code, body) = status(TestRequest::get().uri("/panic")).await;
        assert!(code == 500 && body.contains("/problems/internal") && !body.contains("SECRET"), "{body}");
        let (code, body) = status(TestRequest::get().uri("/slow")).await;
        assert!(code == 503 && body.contains("/problems/timed-out"), "{body}");
    }

    #[actix_web::test]
    async fn a_body_must_be_json_and_small() {
        let word = || TestRequest::post().uri("/word");
        let json = || word().append_header(("content-type", "application/json; charset=utf-8"));
        assert_eq!(status(json().set_payload(r#"{"word": "a"}"#)).await.0, 200);
        assert_eq!(status(word().set_payload(r#"{"word": "a"}"#)).await.0, 415);
        assert_eq!(status(json().set_payload("a".repeat(65))).await.0, 413);
        assert_eq!(status(json().set_payload("{")).await.0, 400);
    }
}
