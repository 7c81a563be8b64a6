using System.ComponentModel;
using System.Text.Json.Nodes;
using DermAssistant.Cases;
using DermAssistant.Diagnosis;
using DermAssistant.Ontology;
using Microsoft.SemanticKernel;

namespace DermAssistant.Agent;

/// <summary>The tools of one turn: each returns a typed record and puts its evidence into the turn's ledger.</summary>
/// <remarks>Photos are named by their number in the conversation; no tool takes or returns pixels.</remarks>
internal sealed partial class DermTools(TurnContext turn, OntologyGraph ontology, Func<CaseSearch> cases, Triage triage, int similarCases)
{
    /// <summary>The plugin's name in the kernel.</summary>
    public const string Plugin = "derm";

    private const int CounterExamples = 2;
    private const int LongestName = 300;

    private readonly OntologyEvidence _statements = new(ontology, turn.Ledger);

    [KernelFunction("diagnose")]
    [Description("The calibrated differential of a photo, the verdict (the deepest ontology node the evidence supports), the prediction set and the probability of malignancy.")]
    public DiagnosisResult Diagnose([Description("The photo's number; 0 for the current one.")] int photo = 0)
    {
        if (turn.Photo(photo) is not { } found) return new(null, [], null, null, null, null, null, turn.Missing(photo));
        var reading = found.Reading;
        var evidence = new PhotoEvidence(found, turn.Ledger);
        var fact = Fact(found, evidence);
        if (reading.OutsideKnowledge is { } why || reading.Differential.Count == 0)
            return new(fact, [], null, null, null, Model(reading, fact.Evidence), reading.OutsideKnowledge ?? reading.Verdict.Why);

        var verdict = reading.Verdict;
        var ranked = Ranked(reading.Differential, evidence);
        return new(
            fact,
            ranked,
            new(verdict.Id, verdict.Name, verdict.Level, verdict.Probability, verdict.Abstained, verdict.Why, evidence.Verdict()),
            reading.PredictionSet is { } set ? new(set.Coverage, [.. set.Conditions.Select(id => reading.Differential.FirstOrDefault(e => e.Id == id) is { } e ? new NodeName(e.Id, e.Name) : Name(id))], evidence.PredictionSet()) : null,
            reading.MalignancyProbability is { } malignancy ? new(malignancy, evidence.Malignancy()) : null,
            Model(reading, ranked[0].Evidence),
            null);
    }

    [KernelFunction("detect_concepts")]
    [Description("The visual concepts and measurements found in a photo, its quality, and how the concepts speak for or against the conditions of the differential.")]
    public ConceptsResult DetectConcepts([Description("The photo's number; 0 for the current one.")] int photo = 0)
    {
        if (turn.Photo(photo) is not { } found) return new(null, [], [], [], null, null, turn.Missing(photo));
        var reading = found.Reading;
        var evidence = new PhotoEvidence(found, turn.Ledger);
        var seen = reading.Concepts
            .OrderByDescending(concept => concept.Score)
            .Select(concept => (Concept: concept, Evidence: evidence.Concept(concept)))
            .Where(found => found.Evidence is not null)
            .Select(found => new ConceptFact(found.Concept.Id, found.Concept.Name, found.Concept.Score, found.Concept.Source.ToString().ToLowerInvariant(), found.Evidence!))
            .ToList();
        return new(
            Fact(found, evidence),
            seen,
            [.. reading.Measurements.Select(m => new MeasurementFact(m.Id, m.Name, m.Value, m.Unit, evidence.Measurement(m)))],
            [.. Support(reading, seen)],
            seen.Count == 0 ? evidence.NothingSeen() : null,
            reading.Measurements.Count == 0 ? evidence.NothingMeasured() : null);
    }

    [KernelFunction("find_similar_cases")]
    [Description("The most similar cases of the case library, counted by diagnosis, and the nearest cases whose diagnosis differs from the leading one.")]
    public async Task<SimilarCasesResult> FindSimilarCasesAsync(
        [Description("The photo's number; 0 for the current one.")] int photo = 0,
        CancellationToken cancellationToken = default)
    {
        if (turn.Photo(photo) is not { } found) return NoCases(photo, turn.Missing(photo));
        if (found.Reading.Embedding.IsEmpty) return NoCases(found.Number, "The photo could not be read, so nothing can be compared with it.");
        var leading = found.Reading.Differential.Count > 0 ? found.Reading.Differential[0].Id : null;
        SimilarCases matches;
        try
        {
            // One more than asked for: the photo itself may be in the library and does not count.
            matches = await cases().FindSimilarAsync(found.Reading.Embedding, leading, similarCases + 1, CounterExamples, cancellationToken: cancellationToken);
        }
        catch (CaseStoreException e)
        {
            return NoCases(found.Number, $"{e.Message} {e.Hint}");
        }

        var similar = matches.Similar.Where(match => !match.NearDuplicate).Take(similarCases).Select(Case).ToList();
        var counts = similar
            .GroupBy(match => (match.DiagnosisId, match.DiagnosisName))
            .Select(group => new CaseCount(group.Key.DiagnosisId, group.Key.DiagnosisName, group.Count()))
            .OrderByDescending(count => count.Count).ThenBy(count => count.Id, StringComparer.Ordinal)
            .ToList();
        return new(
            found.Number,
            similar,
            counts,
            similar.Count == 0 ? null : Count(found.Number, similar, counts),
            [.. matches.CounterExamples.Where(match => !match.NearDuplicate).Select(Case)],
            [.. matches.Similar.Where(match => match.NearDuplicate).Select(Case)],
            similar.Count == 0 ? new PhotoEvidence(found, turn.Ledger).NothingSimilar() : null);

        CaseFact Case(CaseMatch match) => Fact(found.Number, match);
    }

    [KernelFunction("explain_hierarchy")]
    [Description("Where a condition or group stands in the ontology: its path from category to condition, what lies beside and below it.")]
    public HierarchyResult ExplainHierarchy([Description("A condition's or group's name or id.")] string condition)
    {
        if (Find(condition) is not { } node) return new(null, [], [], null, null, Unknown(condition));
        var siblings = ontology.Siblings(node);
        return new(
            NodeFact.Of(node),
            [.. siblings.Select(Name)],
            [.. node.Children.Select(Name)],
            _statements.Place(node),
            siblings.Count + node.Children.Count == 0 ? null : _statements.Neighbours(node, siblings));
    }

    [KernelFunction("compare_conditions")]
    [Description("Two conditions side by side: what they share, the concepts that separate them, the look-alike note and the usual urgency of each.")]
    public ComparisonResult CompareConditions(
        [Description("The first condition's name or id.")] string first,
        [Description("The second condition's name or id.")] string second,
        [Description("The number of the photo whose probabilities are given beside; 0 for the current one.")] int photo = 0)
    {
        if (Find(first) is not { } one) return Incomparable(Unknown(first));
        if (Find(second) is not { } other) return Incomparable(Unknown(second));
        if (ReferenceEquals(one, other)) return Incomparable($"{first} and {second} are the same condition, {one.Name}.");
        var pair = ontology.Compare(one, other);
        return new(
            Side(one, pair.OnlyFirst, photo),
            Side(other, pair.OnlySecond, photo),
            pair.Shared is null ? null : NodeFact.Of(pair.Shared),
            [.. pair.Both.Select(link => _statements.Named(link, withWeight: false))],
            pair.Difference?.Difference,
            _statements.Difference(pair),
            _statements.Shared(pair),
            _statements.Features(pair));

        static ComparisonResult Incomparable(string problem) => new(null, null, null, [], null, null, null, null, problem);
    }

    [KernelFunction("assess_urgency")]
    [Description("How soon the patient should be seen, by rule, from the photo and the signs the user reported. Never say less than this.")]
    public UrgencyResult AssessUrgency([Description("The photo's number; 0 for the current one.")] int photo = 0)
    {
        var found = turn.Photo(photo);
        if (found is null && (photo != 0 || turn.Signs.Count == 0))
            return new(null, null, null, [], [], [], null, turn.Missing(photo));

        var result = triage.Assess(found, turn.Signs, turn.Ledger);
        return result.Urgency is null && found is not null ? result with { Evidence = new PhotoEvidence(found, turn.Ledger).NothingRead() } : result;
    }

    [KernelFunction("look_up_condition")]
    [Description("What the ontology holds on a condition: plain name, synonyms, features, look-alikes, usual urgency; and its probability in a photo.")]
    public ConditionResult LookUpCondition(
        [Description("The condition's name, synonym or id; misspellings are tolerated.")] string name,
        [Description("The number of the photo whose probability is given; 0 for the current one.")] int photo = 0)
    {
        if (Find(name) is not { } node)
            return new(null, null, [], [], [], [], null, false, null, null, null, null, null, null, null, null, null, null, [], [.. ontology.Search(Clip(name), 3).Select(n => n.Name)], Unknown(name));

        var (probability, evidence, inModel, partOf, members) = InPhoto(node, photo);
        return new(
            NodeFact.Of(node),
            node.PlainName,
            node.Synonyms,
            [.. node.Concepts.Select(link => _statements.Named(link, withWeight: true))],
            [.. from alike in node.LookAlikes let other = ontology.Find(alike.ConditionId) where other is not null select Name(other)],
            [.. node.Flags.Order()],
            node.DefaultUrgency,
            node.Reviewed,
            _statements.Place(node),
            _statements.OtherNames(node),
            _statements.Nature(node),
            _statements.Concepts(node),
            _statements.LookAlikes(node),
            _statements.UsualUrgency(node),
            probability,
            evidence,
            inModel,
            partOf,
            members,
            []);
    }

    /// <summary>How many cases the library holds, or null where it cannot be opened. Not a tool: it says what is being searched.</summary>
    public async Task<int?> CountCasesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await cases().Library.CountAsync(cancellationToken);
        }
        catch (CaseStoreException)
        {
            return null;
        }
    }

    private ComparedCondition Side(OntologyNode node, IReadOnlyList<ConceptLink> only, int photo)
    {
        var (probability, probabilityEvidence, _, _, _) = InPhoto(node, photo);
        return new(
            NodeFact.Of(node),
            node.DefaultUrgency,
            [.. only.Select(link => _statements.Named(link, withWeight: true))],
            probability,
            _statements.Place(node),
            _statements.UsualUrgency(node),
            probabilityEvidence);
    }

    // What a photo's differential says of a node: itself, as a part of a wider diagnosis, or through the diagnoses below it.
    private (double? Probability, string? Evidence, bool? InModel, RankedDiagnosis? PartOf, IReadOnlyList<RankedDiagnosis> Members) InPhoto(OntologyNode node, int number)
    {
        if (turn.Photo(number) is not { Reading.Differential.Count: > 0 } photo) return (null, null, null, null, []);
        var evidence = new PhotoEvidence(photo, turn.Ledger);
        var entries = photo.Reading.Differential;
        if (entries.FirstOrDefault(e => e.Id == node.Id) is { } itself)
        {
            // A number without evidence cannot be stated.
            var own = evidence.Differential(itself);
            return (own is null ? null : itself.Probability, own, true, null, []);
        }

        var members = Ranked(entries.Where(e => ontology.Find(e.Id)?.IsWithin(node) == true), evidence);
        var wider = Ranked(entries.Where(e => ontology.Find(e.Id)?.Includes(node) == true), evidence);
        var partOf = wider.Count > 0 ? wider[0] : null;
        return (null, null, members.Count > 0 || partOf is not null, partOf, members);
    }

    private static IReadOnlyList<RankedDiagnosis> Ranked(IEnumerable<DifferentialEntry> entries, PhotoEvidence evidence) =>
        [.. from entry in entries
            let id = evidence.Differential(entry)
            where id is not null
            select new RankedDiagnosis(entry.Id, entry.Name, entry.Path, entry.Probability, id)];

    private IEnumerable<ConceptSupport> Support(Reading reading, IReadOnlyList<ConceptFact> seen)
    {
        foreach (var entry in reading.Differential.Take(3))
        {
            if (ontology.Find(entry.Id) is not { } node) continue;
            foreach (var concept in seen)
                if (node.Concepts.FirstOrDefault(link => link.ConceptId == concept.Id) is { } link)
                    yield return new(concept.Id, concept.Name, node.Id, node.Name, link.Weight, [concept.Evidence, _statements.Link(node, link)]);
        }
    }

    private static PhotoFact Fact(ConversationPhoto photo, PhotoEvidence evidence)
    {
        var (gate, modality) = photo.Reading.Photo;
        return new(
            photo.Number, photo.File, gate.Width, gate.Height, modality.ToString().ToLowerInvariant(),
            gate.Quality?.Sharpness, gate.Quality?.Exposure, gate.Quality?.Warnings ?? [], evidence.Photo(), evidence.Quality());
    }

    private static ModelFact Model(Reading reading, string evidence) =>
        new(reading.Model.Id, reading.Model.Version, reading.Model.Labels, reading.Model.Calibrated, evidence);

    private CaseFact Fact(int photo, CaseMatch match)
    {
        var found = match.Case;
        var evidence = turn.Ledger.Add(
            EvidenceKind.Case,
            $"photo {photo} {found.Id}",
            $"{found.Id}: {found.DiagnosisName}, similarity {Words.Score(match.Similarity)}",
            new JsonObject
            {
                ["case"] = found.Id,
                ["id"] = found.DiagnosisId,
                ["name"] = found.DiagnosisName,
                ["similarity"] = match.Similarity,
                ["nearDuplicate"] = match.NearDuplicate,
                ["caption"] = found.Caption,
                ["source"] = found.Source,
                ["url"] = found.Url,
                ["licence"] = found.Licence,
                ["photo"] = photo,
            });
        return new(found.Id, found.DiagnosisId, found.DiagnosisName, match.Similarity, match.NearDuplicate, found.Caption, found.Source, found.Url, found.Licence, evidence);
    }

    private string Count(int photo, List<CaseFact> similar, List<CaseCount> counts) => turn.Ledger.Add(
        EvidenceKind.Case,
        $"photo {photo} counts",
        $"Of the {similar.Count} most similar cases: {string.Join(", ", counts.Select(count => $"{count.Name} {count.Count}"))}",
        new JsonObject
        {
            ["cases"] = similar.Count,
            ["counts"] = new JsonArray([.. counts.Select(count => (JsonNode)new JsonObject { ["id"] = count.Id, ["name"] = count.Name, ["count"] = count.Count })]),
            ["highestSimilarity"] = similar[0].Similarity,
            ["lowestSimilarity"] = similar[^1].Similarity,
            ["photo"] = photo,
        });

    private static SimilarCasesResult NoCases(int photo, string problem) => new(photo, [], [], null, [], [], null, problem);

    private OntologyNode? Find(string name)
    {
        var text = Clip(name);
        if (ontology.Find(text) is { } exact) return exact;
        var mentions = ontology.FindMentions(text);
        return mentions.Count == 1 ? mentions[0].Node : null;
    }

    private NodeName Name(string id) => ontology.Find(id) is { } node ? Name(node) : new(id, id);

    private static NodeName Name(OntologyNode node) => new(node.Id, node.Name);

    private static string Unknown(string name) => $"The ontology holds no condition called '{Clip(name)}'.";

    // Longer than any id, short enough to search for and to repeat.
    private static string Clip(string text) => text.Length <= LongestName ? text : text[..LongestName];
}
