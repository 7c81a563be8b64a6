using System.Globalization;
using DermAssistant.Imaging;

namespace DermAssistant.Cases;

/// <summary>What the table says of a dermoscopic photo; null where it says nothing.</summary>
/// <param name="Diagnosis">Name of the ontology node.</param>
/// <param name="Site">As the data set calls it, for example <c>lower extremity</c>.</param>
/// <param name="Age">In years, rounded by the data set.</param>
/// <param name="Confirmation">How the diagnosis was established, as the data set abbreviates it.</param>
internal sealed record DermoscopicFacts(string Diagnosis, string? Site, string? Sex, int? Age, string? Confirmation);

/// <summary>Words the caption of a dermoscopic photo from its metadata and measurements: facts only, nothing inferred.</summary>
internal static class DermoscopicCaption
{
    // "Dermoscopic photo of a melanoma on the back of a 60-year-old man, confirmed by histopathology. Measured: …"
    public static string Compose(DermoscopicFacts facts, LesionMeasurements? measured)
    {
        var name = LowerFirst(facts.Diagnosis);
        var caption = $"Dermoscopic photo of {Article(name)} {name}{Place(facts.Site)}{Person(facts.Sex, facts.Age)}{Basis(facts.Confirmation)}.";
        var numbers = Measured(measured);
        return numbers.Length == 0 ? caption : $"{caption} Measured in the photo: {numbers}.";
    }

    private static string Place(string? site) => site switch
    {
        null => "",
        "acral" => " on acral skin",
        "genital" => " in the genital area",
        _ => $" on the {site}",
    };

    private static string Person(string? sex, int? age)
    {
        // The data set rounds ages to five years, so that 0 stands for the first years of life.
        var noun = (sex, age) switch
        {
            ("male", < 18) => "boy",
            ("female", < 18) => "girl",
            ("male", _) => "man",
            ("female", _) => "woman",
            (_, < 18) => "child",
            _ => "person",
        };
        return (sex, age) switch
        {
            (null, null) => "",
            (_, null) => $" of a {noun}",
            (_, 0) => $" of a very young {noun}",
            _ => $" of {Article(age.Value)} {age}-year-old {noun}",
        };
    }

    private static string Basis(string? confirmation) => confirmation switch
    {
        null => "",
        "histo" => ", confirmed by histopathology",
        "follow_up" => ", confirmed by follow-up",
        "consensus" => ", by expert consensus",
        "confocal" => ", confirmed by in-vivo confocal microscopy",
        _ => $", confirmation: {confirmation}",
    };

    private static string Measured(LesionMeasurements? measured)
    {
        if (measured is not { LesionFound: true }) return "";
        var parts = new List<string>();
        if (measured.Colours.Count > 0)
            parts.Add((measured.Colours.Count == 1 ? "dermoscopic colour " : "dermoscopic colours ")
                + string.Join(", ", measured.Colours.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => Word(pair.Key))));
        if (measured["asymmetryMajorAxis"] is { } major && measured["asymmetryMinorAxis"] is { } minor)
            parts.Add($"asymmetry {Two(major)} and {Two(minor)} on two axes");
        if (measured["borderIrregularity"] is { } border)
            parts.Add($"border irregularity {Two(border)}");
        return string.Join("; ", parts);
    }

    private static string Word(DermoscopicColour colour) => colour switch
    {
        DermoscopicColour.White => "white",
        DermoscopicColour.Red => "red",
        DermoscopicColour.LightBrown => "light brown",
        DermoscopicColour.DarkBrown => "dark brown",
        DermoscopicColour.BlueGray => "blue-gray",
        DermoscopicColour.Black => "black",
        _ => throw new ArgumentOutOfRangeException(nameof(colour), colour, null),
    };

    private static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Article(string noun) => noun.Length > 0 && "aeiou".Contains(noun[0], StringComparison.Ordinal) ? "an" : "a";

    // eight, eleven, eighteen, eighty and their kin begin with a vowel.
    private static string Article(int years) => years is 8 or 11 or 18 or (>= 80 and < 90) ? "an" : "a";

    private static string LowerFirst(string name) =>
        name.Length > 1 && char.IsUpper(name[0]) && char.IsLower(name[1]) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
}
