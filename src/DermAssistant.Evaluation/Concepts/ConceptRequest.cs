namespace DermAssistant.Evaluation;

/// <summary>Photos whose concepts are known: a folder and a table.</summary>
/// <param name="Images">The folder with the photos, subfolders included.</param>
/// <param name="Labels">A CSV file with a header, one row a photo.</param>
/// <param name="IdColumn">The column that names the photo, with or without extension.</param>
/// <param name="ConceptColumn">
/// The column that lists the concepts of a photo, separated by comma, semicolon or bar; what is not listed is taken for absent. Null where every
/// concept has a column of its own with 1 or 0 (also yes or no, true or false; anything else is unknown).
/// </param>
/// <param name="Where">Only the rows with this value; null for all.</param>
public sealed record ConceptRequest(string Images, string Labels, string IdColumn, string? ConceptColumn = null, RowFilter? Where = null);
