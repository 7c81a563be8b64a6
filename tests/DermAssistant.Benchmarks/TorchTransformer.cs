#if TORCH
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace DermAssistant.Benchmarks;

/// <summary>A transformer of base size (12 blocks, width 768, 12 heads) in PyTorch's own operators, to compare encoders with in the same run.</summary>
/// <remarks>
/// Random weights: what is compared is time. Pre-norm blocks with the fused attention operator, as open_clip runs them; a BERT block has
/// the same products.
/// </remarks>
internal sealed class TorchTransformer : IDisposable
{
    private const int Width = 768;
    private const int Heads = 12;
    private const int Blocks = 12;
    private const int Side = 224;
    private const int Patch = 16;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _patch = randn(Width, 3, Patch, Patch).mul_(.02);
    private readonly Tensor _positions = randn(1, 1 + Side / Patch * (Side / Patch), Width);
    private readonly Tensor[][] _blocks = [.. Enumerable.Range(0, Blocks).Select(_ => Block())];
    private readonly Tensor _pixels;

    /// <param name="batch">Most pictures in a run.</param>
    public TorchTransformer(float[] pixels, int batch)
    {
        set_num_threads(Environment.ProcessorCount);
        _pixels = tensor(pixels, [batch, 3, Side, Side]);
    }

    public void Image(int count)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var grid = conv2d(_pixels.narrow(0, 0, count), _patch, strides: [Patch, Patch]);
        var rows = grid.flatten(2).transpose(1, 2);
        _ = Run(cat([zeros(count, 1, Width), rows], 1) + _positions);
    }

    public void Caption(int tokens)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        _ = Run(_positions.narrow(1, 0, tokens));
    }

    private Tensor Run(Tensor x)
    {
        foreach (var block in _blocks)
        {
            var h = layer_norm(x, [Width], block[0], block[1]);
            var parts = linear(h, block[2], block[3]).reshape(x.size(0), x.size(1), 3, Heads, Width / Heads).permute(2, 0, 3, 1, 4);
            var mixed = scaled_dot_product_attention(parts[0], parts[1], parts[2]).transpose(1, 2).reshape(x.size(0), x.size(1), Width);
            x += linear(mixed, block[4], block[5]);
            h = layer_norm(x, [Width], block[6], block[7]);
            x += linear(gelu(linear(h, block[8], block[9])), block[10], block[11]);
        }

        return x[.., 0];
    }

    private static Tensor[] Block()
    {
        static Tensor Weight(int rows, int columns) => randn(rows, columns).mul_(.02);
        return
        [
            ones(Width), zeros(Width), Weight(3 * Width, Width), zeros(3 * Width), Weight(Width, Width), zeros(Width),
            ones(Width), zeros(Width), Weight(4 * Width, Width), zeros(4 * Width), Weight(Width, 4 * Width), zeros(Width),
        ];
    }

    public void Dispose() => _scope.Dispose();
}
#endif
