using System.Security.Cryptography;

namespace DermAssistant.DermLip;

/// <summary>A file of a pack as it was when the pack was made.</summary>
internal sealed record PackFile(string Name, long Size, string Sha256)
{
    public static PackFile Of(string folder, string name)
    {
        using var stream = File.OpenRead(Path.Combine(folder, name));
        return new PackFile(name, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
