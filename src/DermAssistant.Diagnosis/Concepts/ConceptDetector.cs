using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DermAssistant.DermLip;
using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>Scores how strongly a concept is present: prompts that name it against paired prompts that do not.</summary>
/// <remarks>
/// For each template, the cosine of the embedding with its prompt (mean over the concept's terms) and with its reference go through a softmax
/// with the published temperature; the score is the mean of the first component over the templates (MONET's concept presence score).
/// </remarks>
internal sealed class ConceptDetector
{
    private readonly Target[] _targets;
    private readonly double _temperature;

    private ConceptDetector(Target[] targets, double temperature, IReadOnlyList<ConceptPromptsUsed?> prompts)
    {
        (_targets, _temperature, Prompts) = (targets, temperature, prompts);
        Concepts = [.. targets.Select(target => target.Concept)];
    }

    /// <summary>The concepts scored, in the order of <see cref="Score(ReadOnlySpan{float})"/>.</summary>
    public IReadOnlyList<Concept> Concepts { get; }

    /// <summary>What is asked for each concept, in the order of <see cref="Concepts"/>; null for one whose embeddings were made elsewhere.</summary>
    public IReadOnlyList<ConceptPromptsUsed?> Prompts { get; }

    /// <summary>Builds the detector for the concepts a pack knows: those it lists, or all of the ontology seen in its kind of photo.</summary>
    /// <exception cref="ModelPackException">The pack lists a concept the ontology does not have.</exception>
    public static ConceptDetector Build(LabelSet labels, OntologyGraph ontology, PromptLibrary prompts, TextEmbeddings texts, int dimension)
    {
        var wordings = labels.ConceptPrompts ?? prompts.Concepts;
        var plans = (labels.Concepts is { } listed
            ? listed.Select(entry => Plan(entry, ontology))
            : ontology.Concepts.Where(concept => Fits(concept, labels.Modality)).Select(concept => Plan(concept))).ToList();
        var all = plans.SelectMany(plan => wordings.Templates.SelectMany(template => plan.Terms.Select(term => PromptLibrary.Fill(template, term))))
            .Concat(plans.Where(plan => plan.Opposites is not null).SelectMany(plan =>
                wordings.Templates.SelectMany(template => plan.Opposites!.Select(term => PromptLibrary.Fill(template, term)))))
            .Concat(wordings.References)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var rows = texts.Encode(all);
        var embeddings = all.Select((text, i) => (text, Row: Vectors.Normalize(rows.AsSpan(i * dimension, dimension))))
            .ToDictionary(pair => pair.text, pair => pair.Row, StringComparer.Ordinal);
        var references = wordings.References.Select(text => embeddings[text]).ToArray();
        return new ConceptDetector(
            [.. plans.Select(plan => new Target(
                plan.Concept,
                MeansOf(plan.Terms, wordings, embeddings),
                plan.Opposites is null ? references : MeansOf(plan.Opposites, wordings, embeddings)))],
            wordings.Temperature,
            [.. plans.Select(plan => Used(plan, wordings))]);
    }

    private static ConceptPromptsUsed Used(ConceptPlan plan, ConceptPrompts wordings)
    {
        var text = string.Join('\n', [
            wordings.Temperature.ToString("R", CultureInfo.InvariantCulture), "", .. wordings.Templates, "", .. plan.Terms, "", .. plan.Opposites ?? wordings.References]);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
        return new ConceptPromptsUsed(wordings.Templates, plan.Terms, plan.Opposites is null ? wordings.References : null, plan.Opposites, hash);
    }

    /// <summary>A detector over embeddings made elsewhere, [template][dimension]: the mean over the terms, not normalised again.</summary>
    internal static ConceptDetector From(IReadOnlyList<(Concept Concept, double[][] Present, double[][] Reference)> targets, double temperature) =>
        new([.. targets.Select(target => new Target(target.Concept, target.Present, target.Reference))], temperature, [.. targets.Select(_ => (ConceptPromptsUsed?)null)]);

    /// <summary>One score a concept, 0..1.</summary>
    public double[] Score(ReadOnlySpan<float> embedding)
    {
        var scores = new double[_targets.Length];
        for (var i = 0; i < scores.Length; i++) scores[i] = Score(_targets[i], embedding);
        return scores;
    }

    /// <summary>By how much an embedding is more similar to a concept's prompts than to their references: the difference of cosines, mean over the templates.</summary>
    /// <param name="concept">Index into <see cref="Concepts"/>.</param>
    public double Contrast(int concept, ReadOnlySpan<float> embedding)
    {
        var target = _targets[concept];
        double sum = 0;
        for (var template = 0; template < target.Present.Length; template++)
            sum += Vectors.Dot(target.Present[template], embedding) - Vectors.Dot(target.Reference[template], embedding);
        return sum / target.Present.Length;
    }

    /// <summary>The unit vector along which the embedding moves when the concept appears, or null for a concept the detector does not know.</summary>
    public double[]? Direction(string conceptId)
    {
        var target = Array.Find(_targets, candidate => candidate.Concept.Id == conceptId);
        if (target is null) return null;
        var difference = new double[target.Present[0].Length];
        for (var template = 0; template < target.Present.Length; template++)
            for (var i = 0; i < difference.Length; i++)
                difference[i] += target.Present[template][i] - target.Reference[template][i];
        return Vectors.Normalize(difference);
    }

    private double Score(Target target, ReadOnlySpan<float> embedding)
    {
        double sum = 0;
        for (var template = 0; template < target.Present.Length; template++)
        {
            var present = Vectors.Dot(target.Present[template], embedding);
            var reference = Vectors.Dot(target.Reference[template], embedding);
            sum += 1 / (1 + Math.Exp((reference - present) / _temperature));
        }
        return sum / target.Present.Length;
    }

    private static double[][] MeansOf(IReadOnlyList<string> terms, ConceptPrompts wordings, Dictionary<string, double[]> embeddings) =>
        [.. wordings.Templates.Select(template => Mean([.. terms.Select(term => embeddings[PromptLibrary.Fill(template, term)])]))];

    private static double[] Mean(double[][] rows)
    {
        var mean = new double[rows[0].Length];
        foreach (var row in rows)
            for (var i = 0; i < mean.Length; i++) mean[i] += row[i] / rows.Length;
        return mean;
    }

    private static bool Fits(Concept concept, string? modality) => modality switch
    {
        "dermoscopic" => concept.Modality is ConceptModality.Dermoscopic or ConceptModality.Both,
        "clinical" => concept.Modality is ConceptModality.Clinical or ConceptModality.Both,
        _ => true,
    };

    // The published prompts take the concept's terms, and its name where it has none.
    private static ConceptPlan Plan(Concept concept) => new(concept, concept.Synonyms.Count > 0 ? concept.Synonyms : [concept.Name], null);

    private static ConceptPlan Plan(ConceptEntry entry, OntologyGraph ontology)
    {
        var concept = ontology.Concepts.FirstOrDefault(candidate => candidate.Id == entry.Id)
            ?? throw new ModelPackException(
                $"The pack lists the concept \"{entry.Id}\", which the ontology does not have.", "Correct labels.json of the pack.");
        return new ConceptPlan(
            concept,
            entry.Terms is { Count: > 0 } terms ? terms : [concept.Name],
            entry.Opposites is { Count: > 0 } opposites ? opposites : null);
    }

    private sealed record ConceptPlan(Concept Concept, IReadOnlyList<string> Terms, IReadOnlyList<string>? Opposites);

    private sealed record Target(Concept Concept, double[][] Present, double[][] Reference);
}
