namespace DermAssistant.Evaluation;

/// <summary>Photos of known diagnosis: a folder and a table.</summary>
/// <param name="Images">The folder with the photos, subfolders included.</param>
/// <param name="Labels">A CSV file with a header, one row a photo.</param>
/// <param name="IdColumn">The column that names the photo, with or without extension.</param>
/// <param name="LabelColumn">The column with the diagnosis, in any words the ontology or the pack knows.</param>
/// <param name="Where">Only the rows with this value; null for all.</param>
public sealed record ClassificationRequest(string Images, string Labels, string IdColumn, string LabelColumn, RowFilter? Where = null);

/// <summary>The rows of a table with a value in a column, for example the split <c>validation</c>.</summary>
public sealed record RowFilter(string Column, string Value);
