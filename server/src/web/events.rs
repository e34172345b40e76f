//! Server-sent events: the steps of running scans.

use crate::{app::App, collect::Step};
use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, StreamExt};
use std::{convert::Infallible, time::Duration};
use tokio_stream::wrappers::BroadcastStream;

/// A stream ends after this long, so that the browser asks again and its session is looked at again.
const LONGEST: Duration = Duration::from_mins(5);

/// `GET /events/scans`: an event `scan` per step, as JSON. A listener that is too slow misses some.
pub async fn scans(State(app): State<App>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stop = app.shutdown.clone();
    let end = async move {
        tokio::select! {
            () = stop.cancelled_owned() => {}
            () = tokio::time::sleep(LONGEST) => {}
        }
    };
    let steps = BroadcastStream::new(app.progress.listen())
        .filter_map(|step| async move { step.ok().and_then(|step| event(&step)) })
        .map(Ok)
        .take_until(Box::pin(end));
    Sse::new(steps).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

fn event(step: &Step) -> Option<Event> {
    Event::default().event("scan").json_data(step).ok()
}
