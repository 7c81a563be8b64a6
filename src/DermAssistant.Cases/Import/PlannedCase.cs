using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Cases;

/// <summary>A row of a table that will become a case once its photo is read.</summary>
/// <param name="Photo">Full path of the image.</param>
/// <param name="Caption">Composes the caption from what is measured in the photo.</param>
internal sealed record PlannedCase(
    int Line,
    string Id,
    string Photo,
    OntologyNode Diagnosis,
    string Url,
    IReadOnlyDictionary<string, string> Fields,
    Func<LesionMeasurements?, string> Caption);

/// <summary>What a source's tables say, before any photo is read.</summary>
internal sealed record ImportPlan(IReadOnlyList<PlannedCase> Cases, IReadOnlyList<SkippedCase> Skipped);

/// <summary>A data set that can be imported.</summary>
internal interface ICaseSource
{
    /// <summary>Name, licence and attribution every case of this source carries.</summary>
    LibrarySource About { get; }

    /// <summary>Whether captions need measurements.</summary>
    bool Measures { get; }

    /// <summary>Changes whenever the same rows could become other cases; an interrupted import is taken up only under the same fingerprint.</summary>
    string Fingerprint { get; }

    /// <summary>Reads the tables.</summary>
    /// <exception cref="TableException">A table is missing or malformed.</exception>
    ImportPlan Plan(CancellationToken cancellationToken);
}
