//! Tables for a terminal: columns as wide as what stands in them.

/// A cell: its text, and the number of its colour where there is one (SGR).
pub(super) struct Cell {
    text: String,
    colour: Option<u8>,
}

impl Cell {
    /// A text. Control characters, which a terminal would obey, are shown escaped.
    pub(super) fn new(text: &str) -> Self {
        let tame = |character: char| {
            if character.is_control() { character.escape_default().to_string() } else { character.to_string() }
        };
        Self { text: text.chars().map(tame).collect(), colour: None }
    }

    /// The same in a colour.
    pub(super) const fn coloured(mut self, colour: Option<u8>) -> Self {
        self.colour = colour;
        self
    }
}

/// Rows under headings, aligned; colours only where they are wanted.
pub(super) fn table(headings: &[&str], rows: &[Vec<Cell>], colour: bool) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text.chars().count());
        cells.chain(headings.get(column).map(|heading| heading.chars().count())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..headings.len()).map(width).collect();
    let headings: Vec<Cell> = headings.iter().map(|heading| Cell::new(heading).coloured(Some(1))).collect();
    let mut text = String::new();
    for row in std::iter::once(&headings).chain(rows) {
        let last = row.len().saturating_sub(1);
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let shown = match cell.colour.filter(|_| colour) {
                Some(code) => format!("\u{1b}[{code}m{}\u{1b}[0m", cell.text),
                None => cell.text.clone(),
            };
            text += &shown;
            if column < last {
                text += &" ".repeat(width.saturating_sub(cell.text.chars().count()) + 2);
            }
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_nothing_reaches_the_terminal_but_text() {
        let row = |a: &str, b: &str| vec![Cell::new(a).coloured(Some(31)), Cell::new(b)];
        let rows = [row("high", "øl"), row("a", "b\u{1b}[2J")];
        assert_eq!(table(&["A", "B"], &rows, false), "A     B\nhigh  øl\na     b\\u{1b}[2J\n");
        assert_eq!(
            table(&["A", "B"], &rows[..1], true),
            "\u{1b}[1mA\u{1b}[0m     \u{1b}[1mB\u{1b}[0m\n\u{1b}[31mhigh\u{1b}[0m  øl\n"
        );
    }
}
