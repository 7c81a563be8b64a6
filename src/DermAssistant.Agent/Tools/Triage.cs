using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DermAssistant.Diagnosis;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>Urgency by rule for a photo and what the user reported.</summary>
internal sealed partial class Triage(OntologyGraph ontology)
{
    // Of the rules met in part the nearest is said, of several emergencies at once the first.
    private const int MostOpen = 2;
    private const int MostActions = 2;

    private readonly TriageRules _rules = ontology.Triage;
    private readonly TriageEvaluator _evaluator = new(ontology);
    private readonly Urgency _otherwise = ontology.Triage.Otherwise.Urgency;

    // Signs that only say who or what it is about ("a mole", "a child") report nothing by themselves.
    private readonly HashSet<string> _context = [.. ontology.Triage.Signs.Where(sign => sign.Context).Select(sign => sign.Id)];

    /// <summary>What a question says of signs, as a reply to the sign asked for last too.</summary>
    /// <returns>The signs it reports or denies, and whether it is a reply: one that tells neither counts as well.</returns>
    public (IReadOnlyList<ReportedSign> Signs, bool IsReply) SignsIn(string question, string? asked)
    {
        var found = ontology.ReportedSigns.Read(question);
        if (asked is null || found.Any(sign => sign.Id == asked)) return (found, false);
        var reply = ontology.ReportedSigns.Answer(asked, question);
        // "Yes, it has changed" says what it affirms, unless it adds to a yes: "yes, and it bleeds".
        if (reply is SignReply.Yes && found.Any(sign => !_context.Contains(sign.Id)) && !Addition().IsMatch(question)) return (found, false);
        return reply switch
        {
            SignReply.Yes or SignReply.No => ([ontology.ReportedSigns.Report(asked, reply is SignReply.Yes), .. found], true),
            SignReply.Unsure => (found, true),
            _ => (found, false),
        };
    }

    [GeneratedRegex(@"\b(?:and|also|too|but|plus|as well)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Addition();

    /// <summary>Whether signs say anything of how the person or the skin is, denials included.</summary>
    public bool IsReport(IReadOnlyList<ReportedSign> signs) =>
        signs.Any(sign => !_context.Contains(sign.Id)) || _evaluator.Assess(new TriageInput { Signs = signs }).Urgency > _otherwise;

    /// <summary>What is known after a question: what was once reported stays reported, so that no later word lowers the urgency.</summary>
    public static IReadOnlyList<ReportedSign> Merge(IReadOnlyList<ReportedSign> known, IReadOnlyList<ReportedSign> said)
    {
        var merged = known.ToList();
        foreach (var sign in said)
        {
            var at = merged.FindIndex(other => other.Id == sign.Id);
            if (at < 0) merged.Add(sign);
            else if (merged[at].Denied && !sign.Denied) merged[at] = sign;
        }

        return merged;
    }

    /// <summary>The most telling question for a sign that no photo shows, or null when there is none left to ask.</summary>
    public TriageQuestion? NextQuestion(ConversationPhoto? photo, IReadOnlyList<ReportedSign> signs, IReadOnlyList<string> asked) =>
        _evaluator.NextQuestions(InputOf(photo, signs), asked) is [var first, ..] ? first : null;

    /// <summary>How soon, and by which rules; the result's urgency is null when there is nothing to judge by.</summary>
    public UrgencyResult Assess(ConversationPhoto? photo, IReadOnlyList<ReportedSign> signs, EvidenceLedger ledger)
    {
        var reported = signs.Where(sign => !sign.Denied).Select(sign => sign.Id).ToList();
        var read = photo?.Reading.Differential.Count > 0;
        if (!read && !IsReport([.. signs.Where(sign => !sign.Denied)])) return new(photo?.Number, null, null, [], reported, [], null);

        var input = InputOf(photo, signs);
        var assessment = _evaluator.Assess(input);
        var ask = _evaluator.NextQuestions(input).Take(3).Select(q => q.Text).ToList();
        var open = assessment.Open.Take(MostOpen).Select(rule => Reason("open", rule, photo, null, ledger)).ToList();
        var unmet = assessment.Reasons[0].Rule == _rules.Otherwise.Id;
        // What to watch for is said wherever something is left open.
        if (open.Count > 0 || (unmet && reported.Count > 0))
            open.Add(Reason("net", new TriageReason(_rules.SafetyNet.Id, _rules.SafetyNet.Text, [], _rules.SafetyNet.Reviewed), null, null, ledger));
        if (!read && unmet) return Unsettled(photo, signs, reported, open, ask, ledger);

        var urgency = photo?.Reading.Triage.Urgency is { } own && read && own > assessment.Urgency ? own : assessment.Urgency!.Value;
        var meaning = _rules.Urgencies.First(u => u.Urgency == urgency).Means;
        var reasons = assessment.Reasons.Select(reason => Reason("rule", reason, photo, urgency, ledger)).ToList();
        var evidence = ledger.Add(
            EvidenceKind.Triage,
            $"urgency {photo?.Number}",
            $"Urgency by rule: {Words.Of(urgency)}. {meaning}",
            Data(photo, ("urgency", Word(urgency)), ("meaning", meaning), ("rules", Strings(reasons.Select(r => r.Rule))), ("reported", Strings(reported))));
        return new(photo?.Number, urgency, meaning, reasons, reported, ask, evidence) { Open = open, Actions = Actions(assessment, photo, urgency, ledger) };
    }

    // No level is given where no rule is met: "routine" would read as if everything had been judged.
    private UrgencyResult Unsettled(
        ConversationPhoto? photo, IReadOnlyList<ReportedSign> signs, IReadOnlyList<string> reported, List<UrgencyReason> open, List<string> ask, EvidenceLedger ledger)
    {
        var said = string.Join("; ", signs.Where(sign => !sign.Denied && !_context.Contains(sign.Id)).Select(sign => sign.Text));
        var text = _rules.Unsettled.Replace("{signs}", said, StringComparison.Ordinal);
        var evidence = ledger.Add(EvidenceKind.Triage, $"unsettled {photo?.Number}", text, Data(photo, ("settled", false), ("reported", Strings(reported))));
        return new(photo?.Number, null, null, [], reported, ask, evidence) { Open = [new UrgencyReason("not-settled", text, [evidence]), .. open] };
    }

    private List<UrgencyReason> Actions(TriageAssessment assessment, ConversationPhoto? photo, Urgency urgency, EvidenceLedger ledger)
    {
        var fired = assessment.Reasons.Select(reason => reason.Rule).ToHashSet(StringComparer.Ordinal);
        var warned = _rules.Rules.Where(rule => rule.Urgency == urgency && urgency >= Urgency.Urgent && fired.Contains(rule.Id)).Select(rule => rule.Emergency).ToHashSet();
        return
        [
            .. _rules.Emergencies.Where(emergency => warned.Contains(emergency.Id)).Take(MostActions).Select(emergency =>
            {
                var text = _rules.ToDo.Replace("{name}", emergency.Name, StringComparison.Ordinal).Replace("{action}", emergency.Action, StringComparison.Ordinal);
                var evidence = ledger.Add(
                    EvidenceKind.Triage,
                    $"emergency {photo?.Number} {emergency.Id}",
                    text + Review(emergency.Reviewed),
                    Data(photo, ("emergency", emergency.Id), ("name", emergency.Name), ("urgency", Word(urgency)), ("features", Strings(emergency.Features)), ("action", emergency.Action), ("reviewed", emergency.Reviewed), ("sources", Strings(emergency.Sources))));
                return new UrgencyReason(emergency.Id, text, [evidence]);
            }),
        ];
    }

    private static UrgencyReason Reason(string kind, TriageReason reason, ConversationPhoto? photo, Urgency? urgency, EvidenceLedger ledger)
    {
        var data = Data(photo, ("rule", reason.Rule), ("reviewed", reason.Reviewed));
        if (urgency is { } level) data["urgency"] = Word(level);
        else data["settled"] = false;
        var evidence = ledger.Add(EvidenceKind.Triage, $"{kind} {photo?.Number} {reason.Rule}", reason.Text + Review(reason.Reviewed), data);
        return new(reason.Rule, reason.Text, photo is null ? [evidence] : [evidence, .. new PhotoEvidence(photo, ledger).Own(reason.Evidence)]);
    }

    private static string Review(bool reviewed) => reviewed ? "" : " (not clinically reviewed)";

    private static TriageInput InputOf(ConversationPhoto? photo, IReadOnlyList<ReportedSign> signs) =>
        photo is null ? new TriageInput { Signs = signs } : TriageInput.Of(photo.Reading, signs);

    private static JsonObject Data(ConversationPhoto? photo, params ReadOnlySpan<(string Name, JsonNode Value)> fields)
    {
        var data = new JsonObject();
        foreach (var (name, value) in fields) data[name] = value;
        if (photo is not null) data["photo"] = photo.Number;
        return data;
    }

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);

    private static string Word(Urgency urgency) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(urgency.ToString());
}
