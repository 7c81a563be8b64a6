using System.Security.Cryptography;
using System.Text;

namespace DermAssistant.Ontology.Files;

/// <summary>A file as it was read.</summary>
internal sealed record FileContent(string Name, byte[] Bytes);

/// <summary>The declared version and a hash of what the files hold.</summary>
/// <remarks>Hashed when first asked for: waking the system's cryptography library costs a fresh process more than reading all files.</remarks>
internal sealed class ContentVersion
{
    private readonly Lazy<string> _text;

    public ContentVersion(string declared, IReadOnlyList<FileContent> files) => _text = new(() => $"{declared}+{Hash(files)}");

    public override string ToString() => _text.Value;

    private static string Hash(IReadOnlyList<FileContent> files)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            digest.AppendData(Encoding.UTF8.GetBytes(file.Name));
            digest.AppendData(file.Bytes);
        }
        return Convert.ToHexStringLower(digest.GetHashAndReset().AsSpan(0, 6));
    }
}
