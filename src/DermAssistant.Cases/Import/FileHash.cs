using System.Security.Cryptography;
using System.Text;

namespace DermAssistant.Cases;

/// <summary>Fingerprints of what an import reads.</summary>
internal static class FileHash
{
    public static string Of(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public static string OfPairs(IReadOnlyDictionary<string, string>? pairs) => pairs is null
        ? "-"
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\n', pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")))));
}
