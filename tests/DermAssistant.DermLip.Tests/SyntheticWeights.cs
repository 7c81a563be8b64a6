using System.Text;

namespace DermAssistant.DermLip.Tests;

/// <summary>The generator "derm-synth-1" of the fixtures: weights and inputs that depend on a name alone.</summary>
internal static class SyntheticWeights
{
    private const string Seed = "derm-synth-1:";

    /// <summary>A tensor of a state dict.</summary>
    public static float[] Tensor(string key, IReadOnlyList<int> shape)
    {
        var (origin, amplitude) = Range(key, shape);
        return Draw(Seed + key, shape.Aggregate(1, (product, side) => product * side), origin, amplitude);
    }

    /// <summary>An input.</summary>
    public static float[] Input(string name, int count, float amplitude) => Draw($"{Seed}input:{name}", count, 0, amplitude);

    /// <summary>A whole state dict for the towers that need these tensors.</summary>
    public static IReadOnlyDictionary<string, WeightTensor> StateDict(IEnumerable<ExpectedTensor> tensors) => tensors
        .Append(new ExpectedTensor("logit_scale"))
        .ToDictionary(tensor => tensor.Key, tensor => new WeightTensor(tensor.Shape, Tensor(tensor.Key, tensor.Shape)));

    private static (float Origin, float Amplitude) Range(string key, IReadOnlyList<int> shape)
    {
        var last = key.Split('.')[^1];
        if (key == "logit_scale") return (4.6051702f, 0);
        if (shape.Count <= 1)
        {
            if (last is "gamma_1" or "gamma_2") return (0.5f, 0.25f);
            if (last == "class_embedding") return (0, 0.5f);
            return last == "weight" && (key.Contains("ln_") || key.Contains("norm") || key.Contains("LayerNorm")) ? (1, 0.3f) : (0, 0.1f);
        }

        if (last is "cls_token" or "pos_embed" or "positional_embedding" || key.Contains("embedding", StringComparison.OrdinalIgnoreCase) && last == "weight")
            return (0, 0.5f);
        var fanIn = last is "proj" or "text_projection" ? shape[0] : shape.Skip(1).Aggregate(1, (product, side) => product * side);
        return (0, (float)(1.5 * Math.Sqrt(3.0 / fanIn)));
    }

    private static float[] Draw(string name, int count, float origin, float amplitude)
    {
        var seed = 0xCBF29CE484222325UL;
        foreach (var value in Encoding.UTF8.GetBytes(name))
            seed = (seed ^ value) * 0x100000001B3UL;
        var values = new float[count];
        Parallel.For(0, (count + 65535) / 65536, block =>
        {
            for (var i = block * 65536; i < Math.Min(count, (block + 1) * 65536); i++)
            {
                var z = seed + (ulong)(i + 1) * 0x9E3779B97F4A7C15UL;
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
                z ^= z >> 31;
                var drawn = (float)((double)(z >> 40) - (1 << 23)) * (1f / (1 << 23));
                values[i] = drawn * amplitude + origin;
            }
        });
        return values;
    }
}
