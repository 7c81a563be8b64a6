using System.Text.Json.Nodes;

namespace DermAssistant.Channels.Tests.Teams;

/// <summary>What the Adaptive Card schema 1.5 asks of the elements used here; whatever it does not name is a fault.</summary>
internal static class AdaptiveCardRules
{
    private static readonly string[] Common = ["type", "id", "isVisible", "separator", "spacing"];

    private static readonly Dictionary<string, (string[] Required, string[] Optional)> Known = new()
    {
        ["AdaptiveCard"] = (["version", "body", "fallbackText"], ["$schema", "actions", "msteams"]),
        ["TextBlock"] = (["text"], ["wrap", "weight", "size", "style", "isSubtle", "color"]),
        ["Container"] = (["items"], ["style"]),
        ["ColumnSet"] = (["columns"], ["style"]),
        ["Column"] = (["items"], ["width", "style", "minHeight"]),
        ["FactSet"] = (["facts"], []),
        // A picture nobody can hear described is a fault here, whatever the schema says.
        ["Image"] = (["url", "altText"], ["size"]),
        ["Input.Text"] = (["id", "label"], ["placeholder", "isMultiline", "maxLength"]),
        ["Action.Submit"] = (["title"], ["data"]),
        ["Action.OpenUrl"] = (["title", "url"], []),
        ["Action.ToggleVisibility"] = (["title", "targetElements"], []),
    };

    private static readonly string[] Styles = ["default", "emphasis", "good", "attention", "warning", "accent", "heading"];

    public static IReadOnlyList<string> FaultsOf(JsonObject card)
    {
        var faults = new List<string>();
        if ((string?)card["type"] != "AdaptiveCard" || (string?)card["version"] != "1.5") faults.Add("no card of version 1.5");
        if (string.IsNullOrWhiteSpace((string?)card["fallbackText"])) faults.Add("no fallback text");
        var ids = All(card).Select(element => (string?)element["id"]).OfType<string>().ToHashSet();
        foreach (var element in All(card))
        {
            var type = (string?)element["type"] ?? "";
            if (!Known.TryGetValue(type, out var rules))
            {
                faults.Add($"unknown element {type}");
                continue;
            }

            faults.AddRange(rules.Required.Where(field => !element.ContainsKey(field)).Select(field => $"{type} without {field}"));
            faults.AddRange(element.Select(field => field.Key).Where(field => !rules.Required.Contains(field) && !rules.Optional.Contains(field) && !Common.Contains(field)).Select(field => $"{type} with {field}"));
            if ((string?)element["style"] is { } style && !Styles.Contains(style)) faults.Add($"style {style}");
            if (type == "TextBlock" && string.IsNullOrEmpty((string?)element["text"])) faults.Add("empty text");
            if (type == "Column" && (string?)element["width"] is { } width && width is not ("auto" or "stretch") && !(int.TryParse(width, out var weight) && weight > 0)) faults.Add($"width {width}");
            if (type == "Action.ToggleVisibility") faults.AddRange(element["targetElements"]!.AsArray().Select(target => (string)target!).Where(target => !ids.Contains(target)).Select(target => $"nothing is called {target}"));
        }

        return faults;
    }

    /// <summary>All texts a reader can get to see.</summary>
    public static IReadOnlyList<string> WordsOf(JsonObject card) =>
        [.. All(card).SelectMany(element => new[] { (string?)element["text"], (string?)element["title"] }).OfType<string>(),
         .. All(card).Where(element => (string?)element["type"] == "FactSet").SelectMany(set => set["facts"]!.AsArray()).SelectMany(fact => new[] { (string)fact!["title"]!, (string)fact["value"]! })];

    private static IEnumerable<JsonObject> All(JsonObject element)
    {
        yield return element;
        foreach (var field in new[] { "body", "items", "columns", "actions" })
            if (element[field] is JsonArray children)
                foreach (var child in children.OfType<JsonObject>().SelectMany(All))
                    yield return child;
    }
}
