namespace DermAssistant.Cases;

/// <summary>How an import proceeds.</summary>
public sealed record CaseImportOptions
{
    /// <summary>
    /// Whether the cases of an existing library are dropped. Otherwise imported cases are added to it, in place of cases of the same
    /// id, and a library of another pack is refused.
    /// </summary>
    public bool Replace { get; init; }

    /// <summary>
    /// The part of the training data each photo belongs to, by lesion id or image id: <c>train</c>, <c>calibration</c>, <c>validation</c>. Null for what the
    /// pack itself says in its <c>splits.csv</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Splits { get; init; }

    /// <summary>The folder image names are relative to, or null to look beside the table.</summary>
    public string? Images { get; init; }
}

/// <summary>How far an import is.</summary>
/// <param name="Done">Photos read, those of an interrupted import included.</param>
/// <param name="Remaining">Estimated from the photos read so far; null before the first batch.</param>
public sealed record CaseImportProgress(int Done, int Total, TimeSpan? Remaining);

/// <summary>A row that did not become a case.</summary>
/// <param name="Line">Line of the table.</param>
/// <param name="File">The image the row names.</param>
public sealed record SkippedCase(int Line, string File, string Why);

/// <summary>What an import did.</summary>
/// <param name="Imported">Cases that came from this import.</param>
/// <param name="Resumed">How many of those an interrupted import had already embedded.</param>
/// <param name="Skipped">Rows left out, in the order of the table, each with the reason.</param>
/// <param name="Library">The library as it is now.</param>
public sealed record CaseImportReport(int Imported, int Resumed, IReadOnlyList<SkippedCase> Skipped, LibraryManifest Library);
