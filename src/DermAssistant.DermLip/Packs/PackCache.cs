using System.Security.Cryptography;
using System.Text;

namespace DermAssistant.DermLip;

/// <summary>Keeps text embeddings on disk, so that the prompts of an ontology are encoded once a pack.</summary>
/// <remarks>The key is a hash of the pack's version and of every text in order, so a changed prompt, ontology or pack never meets an
/// old embedding. A cache that cannot be read or written only costs time. Safe for concurrent use.</remarks>
/// <param name="folder">Where the embeddings are kept; made on first write.</param>
public sealed class PackCache(string folder)
{
    /// <summary>The embeddings of the texts, [texts.Count, dimension], from the cache or the text encoder.</summary>
    public float[] TextEmbeddings(ModelPack pack, IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(texts);
        var path = Path.Combine(folder, $"{Key(pack.Manifest, texts)}.npy");
        if (Read(path, texts.Count, pack.Text.Dimension) is { } cached) return cached;
        var embeddings = pack.Text.Encode(texts);
        Write(path, embeddings, texts.Count, pack.Text.Dimension);
        return embeddings;
    }

    private static string Key(PackManifest manifest, IReadOnlyList<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in texts.Prepend($"{manifest.Id} {manifest.Version} {manifest.Precision}"))
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return $"{manifest.Id}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..32]}";
    }

    private static float[]? Read(string path, int count, int dimension)
    {
        if (!File.Exists(path)) return null;
        try
        {
            var (values, shape) = Npy.ReadFloats(path);
            return shape.SequenceEqual([count, dimension]) ? values : null;
        }
        catch (ModelPackException)
        {
            return null;
        }
    }

    private void Write(string path, float[] embeddings, int count, int dimension)
    {
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            Directory.CreateDirectory(folder);
            Npy.Write(partial, embeddings, count, dimension);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a writable folder the next start encodes again.
            try
            {
                File.Delete(partial);
            }
            catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
            {
                return;
            }
        }
    }
}
