namespace DermAssistant.Ontology;

/// <summary>The form of ids: small letters, digits and single hyphens.</summary>
internal static class Slug
{
    public static bool IsWellFormed(string id)
    {
        if (id.Length == 0 || id[0] == '-' || id[^1] == '-') return false;
        for (var i = 0; i < id.Length; i++)
            if (!char.IsAsciiLetterLower(id[i]) && !char.IsAsciiDigit(id[i]) && (id[i] != '-' || id[i - 1] == '-')) return false;
        return true;
    }
}
