using System.Text.Json.Nodes;

namespace DermAssistant.Diagnosis;

/// <summary>The kinds of evidence; the first letter of an evidence id tells the kind.</summary>
public enum EvidenceKind
{
    /// <summary>D: an entry of the differential, the verdict or the prediction set.</summary>
    Differential,
    /// <summary>C: a concept.</summary>
    Concept,
    /// <summary>M: a measurement.</summary>
    Measurement,
    /// <summary>K: a case.</summary>
    Case,
    /// <summary>O: an ontology statement.</summary>
    Ontology,
    /// <summary>T: a triage rule that fired.</summary>
    Triage,
    /// <summary>P: the photo itself, what the gate said of it.</summary>
    Photo,
}

/// <summary>One typed record a claim can rest on.</summary>
/// <param name="Id">Kind letter and running number, for example <c>D1</c>; unique within a conversation's answer.</param>
/// <param name="Text">What it establishes, in one sentence, from data.</param>
/// <param name="Data">The numbers, ids and names behind the text.</param>
public sealed record Evidence(string Id, EvidenceKind Kind, string Text, JsonObject Data);
