namespace DermAssistant.DermLip;

/// <summary>The id of a pack: also the name of its folder.</summary>
internal static class PackId
{
    private const int MaxLength = 64;

    public static bool IsValid(string id) =>
        id.Length is > 0 and <= MaxLength && char.IsAsciiLetterOrDigit(id[0]) && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_');

    public static void Require(string id)
    {
        if (!IsValid(id))
            throw new ModelPackException(
                $"'{id}' cannot be the id of a pack.", $"Use lower-case letters, digits, dot, dash and underscore, at most {MaxLength} characters.");
    }

    /// <summary>An id made of the name of a folder or file.</summary>
    public static string From(string name)
    {
        var id = new string([.. name.ToLowerInvariant().Select(c => IsValid(c.ToString()) || c is '.' or '-' or '_' ? c : '-')]).Trim('-', '.', '_');
        return id.Length == 0 ? "model" : id[..Math.Min(id.Length, MaxLength)];
    }
}
