using TorchSharp.Utils;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DermAssistant.Training;

/// <summary>The image tower of CLIP's ResNet family with the parameter names of open_clip: three-convolution stem,
/// anti-aliased bottlenecks and attention pooling (Radford et al. 2021, section 2.4).</summary>
internal sealed class ModifiedResNet : Module<Tensor, Tensor>
{
    [ComponentName(Name = "conv1")] private readonly Conv2d _conv1;
    [ComponentName(Name = "bn1")] private readonly BatchNorm2d _bn1;
    [ComponentName(Name = "conv2")] private readonly Conv2d _conv2;
    [ComponentName(Name = "bn2")] private readonly BatchNorm2d _bn2;
    [ComponentName(Name = "conv3")] private readonly Conv2d _conv3;
    [ComponentName(Name = "bn3")] private readonly BatchNorm2d _bn3;
    [ComponentName(Name = "attnpool")] private readonly AttentionPool _pool;
    private readonly Sequential[] _layers;

    /// <param name="blocks">Bottlenecks in each of the four stages.</param>
    /// <param name="grid">Side of the feature grid that is pooled: image size / 32.</param>
    public ModifiedResNet(IReadOnlyList<int> blocks, int width, int heads, int grid, int embedding) : base(nameof(ModifiedResNet))
    {
        _conv1 = Conv2d(3, width / 2, 3, stride: 2, padding: 1, bias: false);
        _bn1 = BatchNorm2d(width / 2);
        _conv2 = Conv2d(width / 2, width / 2, 3, padding: 1, bias: false);
        _bn2 = BatchNorm2d(width / 2);
        _conv3 = Conv2d(width / 2, width, 3, padding: 1, bias: false);
        _bn3 = BatchNorm2d(width);

        _layers = new Sequential[blocks.Count];
        var channels = width;
        for (var stage = 0; stage < blocks.Count; stage++)
        {
            var planes = width << stage;
            var bottlenecks = new List<Module<Tensor, Tensor>>();
            for (var i = 0; i < blocks[stage]; i++)
            {
                bottlenecks.Add(new Bottleneck(channels, planes, stride: stage > 0 && i == 0 ? 2 : 1));
                channels = planes * Bottleneck.Expansion;
            }

            register_module($"layer{stage + 1}", _layers[stage] = Sequential(bottlenecks));
        }

        _pool = new AttentionPool(grid, channels, heads, embedding);
        RegisterComponents();
    }

    /// <summary>[N, 3, H, W] to [N, embedding], not normalised.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = functional.relu(_bn1.call(_conv1.call(x)));
        x = functional.relu(_bn2.call(_conv2.call(x)));
        x = functional.relu(_bn3.call(_conv3.call(x)));
        x = functional.avg_pool2d(x, 2);
        foreach (var layer in _layers) x = layer.call(x);
        return _pool.call(x).MoveToOuterDisposeScope();
    }
}

/// <summary>A residual block whose strided convolution is replaced by average pooling.</summary>
internal sealed class Bottleneck : Module<Tensor, Tensor>
{
    public const int Expansion = 4;

    [ComponentName(Name = "conv1")] private readonly Conv2d _conv1;
    [ComponentName(Name = "bn1")] private readonly BatchNorm2d _bn1;
    [ComponentName(Name = "conv2")] private readonly Conv2d _conv2;
    [ComponentName(Name = "bn2")] private readonly BatchNorm2d _bn2;
    [ComponentName(Name = "conv3")] private readonly Conv2d _conv3;
    [ComponentName(Name = "bn3")] private readonly BatchNorm2d _bn3;
    [ComponentName(Name = "downsample")] private readonly Sequential? _downsample;
    private readonly int _stride;

    public Bottleneck(int channels, int planes, int stride) : base(nameof(Bottleneck))
    {
        _stride = stride;
        _conv1 = Conv2d(channels, planes, 1, bias: false);
        _bn1 = BatchNorm2d(planes);
        _conv2 = Conv2d(planes, planes, 3, padding: 1, bias: false);
        _bn2 = BatchNorm2d(planes);
        _conv3 = Conv2d(planes, planes * Expansion, 1, bias: false);
        _bn3 = BatchNorm2d(planes * Expansion);
        // An identity branch at the start: the block begins as its shortcut, which trains deeper nets faster.
        init.zeros_(_bn3.weight);
        if (stride > 1 || channels != planes * Expansion)
        {
            _downsample = Sequential(
                ("-1", AvgPool2d(stride)),
                ("0", Conv2d(channels, planes * Expansion, 1, bias: false)),
                ("1", BatchNorm2d(planes * Expansion)));
        }

        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = functional.relu(_bn1.call(_conv1.call(x)));
        y = functional.relu(_bn2.call(_conv2.call(y)));
        if (_stride > 1) y = functional.avg_pool2d(y, _stride);
        y = _bn3.call(_conv3.call(y));
        return functional.relu(y + (_downsample is null ? x : _downsample.call(x))).MoveToOuterDisposeScope();
    }
}

/// <summary>Pools a feature grid by attention whose query is the mean of the grid.</summary>
internal sealed class AttentionPool : Module<Tensor, Tensor>
{
    [ComponentName(Name = "positional_embedding")] private readonly Parameter _positions;
    [ComponentName(Name = "k_proj")] private readonly Linear _k;
    [ComponentName(Name = "q_proj")] private readonly Linear _q;
    [ComponentName(Name = "v_proj")] private readonly Linear _v;
    [ComponentName(Name = "c_proj")] private readonly Linear _c;
    private readonly int _heads, _grid;

    public AttentionPool(int grid, int channels, int heads, int embedding) : base(nameof(AttentionPool))
    {
        (_heads, _grid) = (heads, grid);
        _positions = new Parameter(randn(grid * grid + 1, channels) / Math.Sqrt(channels));
        _k = Linear(channels, channels);
        _q = Linear(channels, channels);
        _v = Linear(channels, channels);
        _c = Linear(channels, embedding);
        foreach (var projection in new[] { _k, _q, _v, _c }) init.normal_(projection.weight, 0, 1 / Math.Sqrt(channels));
        RegisterComponents();
    }

    /// <summary>[N, C, H, W] to [N, embedding].</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (n, channels) = (x.shape[0], x.shape[1]);
        var tokens = x.flatten(2).transpose(1, 2);
        tokens = cat([tokens.mean([1], keepdim: true), tokens], 1) + Positions((int)x.shape[3]);
        Tensor Heads(Tensor t) => t.view(n, -1, _heads, channels / _heads).transpose(1, 2);
        var q = Heads(_q.call(tokens[.., ..1]));
        var attention = (q.matmul(Heads(_k.call(tokens)).transpose(-2, -1)) / Math.Sqrt(channels / _heads)).softmax(-1);
        var pooled = attention.matmul(Heads(_v.call(tokens))).transpose(1, 2).reshape(n, channels);
        return _c.call(pooled).MoveToOuterDisposeScope();
    }

    // Trained at several image sizes: a smaller grid gets the positions by interpolation, as open_clip resizes them.
    private Tensor Positions(int grid)
    {
        if (grid == _grid) return _positions;
        var map = _positions[1..].view(_grid, _grid, -1).permute(2, 0, 1).unsqueeze(0);
        map = functional.interpolate(map, [grid, grid], mode: InterpolationMode.Bicubic, align_corners: false);
        return cat([_positions[..1], map.squeeze(0).permute(1, 2, 0).reshape(grid * grid, -1)], 0);
    }
}
