using System.Globalization;
using System.Text.Json.Nodes;
using DermAssistant.Agent;
using DermAssistant.Diagnosis;
using DermAssistant.Ontology;

namespace DermAssistant.Channels.Teams;

/// <summary>An answer's readings as an Adaptive Card.</summary>
/// <remarks>
/// Version 1.5, the newest Teams shows for bots. Colours are those of the reader's theme by their meaning. Bars are columns, so that they need no
/// picture: what they say stands in words beside them.
/// </remarks>
internal static class TeamsCard
{
    /// <summary>The field of a button's data that holds the question it asks.</summary>
    public const string AskField = "ask";

    private const string Version = "1.5";
    private const int MostPhotos = 4;
    private const int MostDiagnoses = 5;
    private const int MostFindings = 8;
    private const int MostCases = 5;
    private const double LeastShown = 0.01;

    /// <summary>The card, or null where no photo was read.</summary>
    /// <param name="questions">Next questions, as buttons.</param>
    /// <param name="details">Whether concepts, measurements and cases are in it, behind a button.</param>
    public static JsonObject? Of(TurnAnswered answered, IReadOnlyList<string> questions, bool details)
    {
        var readings = answered.Photos.Zip(answered.Answer.Readings, (photo, reading) => (photo, reading)).Take(MostPhotos).ToList();
        if (readings.Count == 0) return null;
        var body = new JsonArray();
        var hidden = new List<string>();
        foreach (var (photo, reading) in readings)
        {
            Add(body, Heading($"Photo {photo.Number}: {photo.File}"));
            if (UrgencyOf(answered.Answer, photo.Number) is { } urgency) Add(body, urgency);
            foreach (var element in Diagnosis(reading)) Add(body, element);
            if (!details) continue;
            var more = More(answered.Answer, photo.Number, reading);
            if (more.Count == 0) continue;
            var id = $"more{photo.Number}";
            hidden.Add(id);
            Add(body, new JsonObject { ["type"] = "Container", ["id"] = id, ["isVisible"] = false, ["separator"] = true, ["items"] = more });
        }

        var actions = new JsonArray();
        if (hidden.Count > 0)
            Add(actions, new JsonObject { ["type"] = "Action.ToggleVisibility", ["title"] = "Findings and similar cases", ["targetElements"] = Strings(hidden) });
        foreach (var question in questions)
        {
            // Teams says the question for the user; other clients hand the data in.
            Add(actions, new JsonObject
            {
                ["type"] = "Action.Submit",
                ["title"] = question,
                ["data"] = new JsonObject { [AskField] = question, ["msteams"] = new JsonObject { ["type"] = "imBack", ["value"] = question } },
            });
        }

        var card = Card(body, FallbackOf(answered, readings));
        if (actions.Count > 0) card["actions"] = actions;
        card["msteams"] = new JsonObject { ["width"] = "Full" };
        return card;
    }

    /// <summary>One record of evidence, opened from its citation.</summary>
    public static JsonObject OfEvidence(string name, string text) => Card(new JsonArray(Heading(name), Words(text)), name);

    private static JsonObject Card(JsonArray body, string fallback) => new()
    {
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["type"] = "AdaptiveCard",
        ["version"] = Version,
        ["fallbackText"] = fallback,
        ["body"] = body,
    };

    private static string FallbackOf(TurnAnswered answered, List<(AnswerPhoto Photo, Reading Reading)> readings) => string.Join(' ', readings.Select(pair =>
    {
        var leading = pair.Reading.Differential is [var first, ..] ? $"{first.Name} {TeamsText.Percent(first.Probability)}" : pair.Reading.OutsideKnowledge ?? "no differential";
        var urgency = UrgencyWord(answered.Answer, pair.Photo.Number) is { } word ? $"; urgency: {word}" : "";
        return $"Photo {pair.Photo.Number}: {leading}{urgency}.";
    }));

    private static IEnumerable<JsonObject> Diagnosis(Reading reading)
    {
        if (reading.OutsideKnowledge is { } outside) yield return Words(outside);
        if (reading.Differential.Count > 0)
        {
            yield return Subtle(reading.Model.Calibrated ? $"Calibrated probability among {reading.Model.Labels}" : $"Scores among {reading.Model.Labels}, not calibrated");
            foreach (var (entry, index) in reading.Differential.Take(MostDiagnoses).Select((entry, index) => (entry, index)))
                if (index == 0 || entry.Probability >= LeastShown) yield return Bar(entry);
        }

        if (reading.PredictionSet is { Conditions.Count: > 0 } set)
        {
            var names = reading.Differential.Where(entry => set.Conditions.Contains(entry.Id)).Select(entry => entry.Name).ToList();
            if (names.Count > 0) yield return Subtle($"Prediction set at {TeamsText.Percent(set.Coverage)}: {string.Join(", ", names)}");
        }

        if (reading.Differential.Count > 0) yield return Subtle(reading.Verdict.Abstained ? reading.Verdict.Why : $"Verdict: {reading.Verdict.Name}");
    }

    private static JsonObject Bar(DifferentialEntry entry)
    {
        var share = Math.Clamp((int)Math.Round(entry.Probability * 100), 1, 99);
        return new JsonObject
        {
            ["type"] = "Container",
            ["spacing"] = "Small",
            ["items"] = new JsonArray(
                Columns(
                    Column("stretch", null, Words(entry.Name)),
                    Column("auto", null, Words(TeamsText.Percent(entry.Probability)))),
                Columns(
                    Column(Weight(share), "accent"),
                    Column(Weight(100 - share), "emphasis"))),
        };

        static string Weight(int share) => share.ToString(CultureInfo.InvariantCulture);
    }

    private static JsonObject Columns(params JsonNode[] columns) => new() { ["type"] = "ColumnSet", ["spacing"] = "None", ["columns"] = new JsonArray(columns) };

    private static JsonObject Column(string width, string? style, params JsonNode[] items)
    {
        var column = new JsonObject { ["type"] = "Column", ["width"] = width, ["spacing"] = "None", ["items"] = new JsonArray(items) };
        if (style is null) return column;
        column["style"] = style;
        column["minHeight"] = "6px";
        return column;
    }

    private static JsonArray More(Answer answer, int photo, Reading reading)
    {
        var more = new JsonArray();
        if (reading.Concepts.Count > 0)
        {
            Add(more, Subtle("Concepts, presence from 0 to 1"));
            Add(more, Facts(reading.Concepts.Take(MostFindings).Select(concept => (concept.Name, concept.Score.ToString("0.00", CultureInfo.InvariantCulture)))));
        }

        if (reading.Measurements.Count > 0)
        {
            Add(more, Subtle("Measured in the pixels"));
            Add(more, Facts(reading.Measurements.Take(MostFindings).Select(m => (m.Name, m.Value.ToString("0.##", CultureInfo.InvariantCulture) + (m.Unit is "ratio" or "count" ? "" : $" {m.Unit}")))));
        }

        var cases = answer.Evidence.Where(e => e.Kind == EvidenceKind.Case && Number(e, "photo") == photo).Take(MostCases).ToList();
        if (cases.Count > 0)
        {
            Add(more, Subtle("Similar cases"));
            foreach (var evidence in cases) Add(more, CaseOf(evidence));
        }

        return more;
    }

    private static JsonObject CaseOf(Evidence evidence)
    {
        var id = TeamsMarkdown.Of(Text(evidence, "case") ?? evidence.Id);
        var name = Uri.TryCreate(Text(evidence, "url"), UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps ? $"[{id}]({address.AbsoluteUri})" : id;
        var licence = Text(evidence, "licence") is { Length: > 0 } text ? $" · {TeamsMarkdown.Of(text)}" : "";
        var similarity = evidence.Data["similarity"] is JsonValue value && value.TryGetValue<double>(out var number) ? $" · similarity {number.ToString("0.00", CultureInfo.InvariantCulture)}" : "";
        return Block($"{name} · {TeamsMarkdown.Of(Text(evidence, "name") ?? "")}{similarity}{licence}");
    }

    // The rule's result names the urgency and what it means; of several the last includes what the user reported.
    private static JsonObject? UrgencyOf(Answer answer, int photo)
    {
        if (UrgencyEvidence(answer, photo) is not { } evidence || UrgencyWord(answer, photo) is not { } word) return null;
        var style = Text(evidence, "urgency") switch
        {
            "emergency" or "urgent" => "attention",
            "soon" => "warning",
            _ => "emphasis",
        };
        return new JsonObject
        {
            ["type"] = "Container",
            ["style"] = style,
            ["items"] = new JsonArray(Words($"Urgency by rule: {word}. {Text(evidence, "meaning")}".TrimEnd(), bold: true)),
        };
    }

    private static Evidence? UrgencyEvidence(Answer answer, int photo) =>
        answer.Evidence.LastOrDefault(e => e.Kind == EvidenceKind.Triage && e.Data.ContainsKey("meaning") && Number(e, "photo") == photo)
        ?? answer.Evidence.LastOrDefault(e => e.Kind == EvidenceKind.Triage && e.Data.ContainsKey("meaning") && Number(e, "photo") is null or 0);

    private static string? UrgencyWord(Answer answer, int photo) =>
        UrgencyEvidence(answer, photo) is { } evidence && Enum.TryParse<Urgency>(Text(evidence, "urgency"), ignoreCase: true, out var urgency)
            ? urgency == Urgency.SelfCare ? "self-care" : urgency.ToString().ToLowerInvariant()
            : null;

    private static JsonObject Facts(IEnumerable<(string Title, string Value)> facts) => new()
    {
        ["type"] = "FactSet",
        ["facts"] = new JsonArray([.. facts.Select(fact => (JsonNode)new JsonObject { ["title"] = TeamsMarkdown.Of(fact.Title), ["value"] = fact.Value })]),
    };

    private static JsonObject Heading(string text)
    {
        var block = Words(text, bold: true);
        block["size"] = "Medium";
        block["style"] = "heading";
        return block;
    }

    private static JsonObject Words(string text, bool bold = false)
    {
        var block = Block(TeamsMarkdown.Of(text));
        if (bold) block["weight"] = "Bolder";
        return block;
    }

    private static JsonObject Subtle(string text)
    {
        var block = Words(text);
        block["isSubtle"] = true;
        block["size"] = "Small";
        return block;
    }

    private static JsonObject Block(string markdown) => new() { ["type"] = "TextBlock", ["text"] = markdown, ["wrap"] = true };

    private static void Add(JsonArray array, JsonObject item) => array.Add((JsonNode)item);

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);

    private static int? Number(Evidence evidence, string field) => evidence.Data[field] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private static string? Text(Evidence evidence, string field) => evidence.Data[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
