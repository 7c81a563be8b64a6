namespace DermAssistant.Ontology.Files;

/// <summary>Reads <c>skin-tone.json</c>.</summary>
internal sealed class SkinToneFile(References references)
{
    public const string Name = "skin-tone.json";

    private readonly List<int> _classLines = [];
    private int _appliesToLine = 1;

    public SkinToneFacts Read(ReadOnlySpan<byte> json, List<OntologyFault> faults)
    {
        var cursor = new JsonCursor(Name, json, faults);
        RednessFacts? redness = null;
        var formula = "";
        List<SkinToneClass> classes = [];
        List<string> sources = [];
        List<MonkTone> monk = [];
        List<SourcedStatement> cautions = [];
        cursor.EnterObject("the file");
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "$schema": break;
                case "redness": redness = ReadRedness(ref cursor); break;
                case "angle": ReadAngle(ref cursor, out formula, out classes, out sources); break;
                case "monk":
                    cursor.EnterArray(field);
                    while (cursor.NextElement()) monk.Add(ReadMonk(ref cursor));
                    break;
                case "cautions":
                    cursor.EnterArray(field);
                    while (cursor.NextElement()) cautions.Add(ReadCaution(ref cursor));
                    break;
                default: cursor.Unknown(field, "the file", "$schema", "redness", "angle", "monk", "cautions"); break;
            }
        cursor.End();
        if (classes.Count == 0 || classes[^1].Above is not null)
            throw cursor.Fault("The last skin tone class must have no lower limit.", "Leave out 'above' in the last class.");
        if (redness is null) throw cursor.Missing("redness", "The file", 1);
        CheckClasses(redness, classes);
        return new SkinToneFacts(redness, formula, classes, monk, cautions, sources);
    }

    /// <summary>An angle belongs to the first class whose limit it passes, so the limits must fall from class to class.</summary>
    private void CheckClasses(RednessFacts redness, List<SkinToneClass> classes)
    {
        for (var i = 1; i < classes.Count; i++)
        {
            if (classes[i].Above is { } limit && !(limit < classes[i - 1].Above))
                references.Fault(Name, _classLines[i], $"The skin tone class '{classes[i].Name}' begins above {limit}, which is not below the class before it.", "Order the classes from the lightest down, each with a smaller 'above'.");
            if (classes[i - 1].Above is null)
                references.Fault(Name, _classLines[i - 1], $"The skin tone class '{classes[i - 1].Name}' has no lower limit but is not the last.", "Write its 'above'.");
        }
        foreach (var name in redness.AppliesTo)
            if (!classes.Exists(tone => tone.Name == name))
                references.Fault(Name, _appliesToLine, $"Redness applies to the skin tone '{name}', which is no class.", "Write a class's name as the list of classes has it.");
    }

    private RednessFacts ReadRedness(ref JsonCursor cursor)
    {
        cursor.EnterObject("redness");
        var text = "";
        List<string> words = [], ask = [], appliesTo = [], sources = [];
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "text": text = cursor.Text(field); break;
                case "words": words = cursor.Texts(field); break;
                case "ask": ask = cursor.Texts(field); break;
                case "appliesTo": _appliesToLine = cursor.Line; appliesTo = cursor.Texts(field); break;
                case "sources": sources = ReadSources(ref cursor, field, "redness"); break;
                default: cursor.Unknown(field, "redness", "text", "words", "ask", "appliesTo", "sources"); break;
            }
        return new RednessFacts(text, words, ask, appliesTo, sources);
    }

    private void ReadAngle(ref JsonCursor cursor, out string formula, out List<SkinToneClass> classes, out List<string> sources)
    {
        (formula, classes, sources) = ("", [], []);
        cursor.EnterObject("angle");
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "formula": formula = cursor.Text(field); break;
                case "classes":
                    cursor.EnterArray(field);
                    while (cursor.NextElement()) classes.Add(ReadClass(ref cursor));
                    break;
                case "classesSource": cursor.Text(field); break;
                case "sources": sources = ReadSources(ref cursor, field, "angle"); break;
                default: cursor.Unknown(field, "angle", "formula", "classes", "classesSource", "sources"); break;
            }
    }

    private SkinToneClass ReadClass(ref JsonCursor cursor)
    {
        cursor.EnterObject("a class");
        _classLines.Add(cursor.Line);
        var name = "";
        double? above = null;
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "name": name = cursor.Text(field); break;
                case "above": above = cursor.Number(field); break;
                default: cursor.Unknown(field, "a class", "name", "above"); break;
            }
        return new SkinToneClass(name, above);
    }

    private static MonkTone ReadMonk(ref JsonCursor cursor)
    {
        cursor.EnterObject("a tone");
        var level = 0;
        var hex = "";
        double angle = 0;
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "level": level = cursor.Whole(field); break;
                case "hex": hex = cursor.Text(field); break;
                case "angle": angle = cursor.Number(field); break;
                default: cursor.Unknown(field, "a tone", "level", "hex", "angle"); break;
            }
        return new MonkTone(level, hex, angle);
    }

    private SourcedStatement ReadCaution(ref JsonCursor cursor)
    {
        var caution = StatementReader.Read(ref cursor, "a caution");
        references.Source(Name, caution.Line, caution.Source, "A caution");
        return new SourcedStatement(caution.Text, caution.Source);
    }

    private List<string> ReadSources(ref JsonCursor cursor, string field, string who)
    {
        var line = cursor.Line;
        var sources = cursor.Texts(field);
        if (sources.Count == 0) references.Source(Name, line, "", who);
        foreach (var source in sources) references.Source(Name, line, source, who);
        return sources;
    }
}
