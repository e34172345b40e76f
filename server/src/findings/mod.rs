//! findings
pub(crate) async fn worst(
    _: &mut sqlx::PgConnection,
    _: &[uuid::Uuid],
    _: &[String],
    _: i64,
    _: model::Instant,
) -> Result<Vec<model::views::FindingRow>, sqlx::Error> {
    Ok(vec![])
}
