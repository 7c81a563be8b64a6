namespace DermAssistant.DermLip;

/// <summary>Pictures and the normalised embeddings that belong to them.</summary>
/// <param name="Pixels">[Count, 3, size, size], normalised.</param>
/// <param name="Features">[Count, dimension].</param>
internal sealed record ImageVectors(float[] Pixels, int Count, float[] Features)
{
    /// <summary>The pictures of a folder; null where it has none.</summary>
    /// <exception cref="ModelPackException">They do not fit the pack.</exception>
    public static ImageVectors? Read(string folder, PackDescription pack)
    {
        if (!PackVectors.Exist(folder, PackVectors.InImage, PackVectors.ImageFeatures)) return null;
        var (pixels, shape) = Npy.ReadFloats(Path.Combine(folder, PackVectors.InImage));
        var (features, featuresShape) = Npy.ReadFloats(Path.Combine(folder, PackVectors.ImageFeatures));
        int side = pack.Details.ImageSize, dimension = pack.Manifest.EmbeddingDimension;
        if (shape is not [> 0 and var count, 3, var height, var width] || height != side || width != side)
            throw PackVectors.Unfit(folder, PackVectors.InImage, shape, $"[N, 3, {side}, {side}]");
        return featuresShape is [var rows, var columns] && rows == count && columns == dimension
            ? new ImageVectors(pixels, count, features)
            : throw PackVectors.Unfit(folder, PackVectors.ImageFeatures, featuresShape, $"[{count}, {dimension}]");
    }

    public VectorComparison Compare(IImageEncoder encoder)
    {
        var computed = new float[Features.Length];
        encoder.Encode(Pixels, Count, computed);
        return VectorComparison.Of(computed, Features, encoder.Dimension);
    }
}
