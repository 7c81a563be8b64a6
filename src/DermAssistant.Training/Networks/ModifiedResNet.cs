using TorchSharp.Utils;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DermAssistant.Training;

/// <summary>The image tower of CLIP's ResNet family with the parameter names of open_clip: three-convolution stem, anti-aliased
/// strides and attention pooling (Radford et al. 2021, section 2.4), with the basic blocks of small ResNets instead of bottlenecks.</summary>
/// <remarks>Convolutions compute in the type of the pixels; weights, statistics and the attention pool stay in float32.</remarks>
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

    /// <param name="blocks">Residual blocks in each of the four stages.</param>
    /// <param name="grid">Side of the feature grid that is pooled: image size / 32.</param>
    public ModifiedResNet(IReadOnlyList<int> blocks, int width, int heads, int grid, int embedding) : base(nameof(ModifiedResNet))
    {
        _conv1 = Convolution.Create(3, width / 2, 3, stride: 2);
        _bn1 = BatchNorm2d(width / 2);
        _conv2 = Convolution.Create(width / 2, width / 2, 3);
        _bn2 = BatchNorm2d(width / 2);
        _conv3 = Convolution.Create(width / 2, width, 3);
        _bn3 = BatchNorm2d(width);

        _layers = new Sequential[blocks.Count];
        var channels = width;
        for (var stage = 0; stage < blocks.Count; stage++)
        {
            var planes = width << stage;
            var residual = new List<Module<Tensor, Tensor>>();
            for (var i = 0; i < blocks[stage]; i++)
            {
                residual.Add(new BasicBlock(channels, planes, stride: stage > 0 && i == 0 ? 2 : 1));
                channels = planes;
            }

            register_module($"layer{stage + 1}", _layers[stage] = Sequential(residual));
        }

        _pool = new AttentionPool(grid, channels, heads, embedding);
        RegisterComponents();
    }

    /// <summary>[N, 3, H, W] to [N, embedding], float32, not normalised.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = Convolution.Apply(x, _conv1, _bn1).relu_();
        x = Convolution.Apply(x, _conv2, _bn2).relu_();
        x = Convolution.Apply(x, _conv3, _bn3).relu_();
        x = functional.avg_pool2d(x, 2);
        foreach (var layer in _layers) x = layer.call(x);
        return _pool.call(x.to(ScalarType.Float32)).MoveToOuterDisposeScope();
    }
}

/// <summary>A convolution and its batch normalisation, computed in the type of their input.</summary>
internal static class Convolution
{
    public static Conv2d Create(int inputs, int outputs, int kernel, int stride = 1)
    {
        var convolution = Conv2d(inputs, outputs, kernel, stride: stride, padding: kernel / 2, bias: false);
        // Of the fan out, as ResNets begin: what goes backward keeps its size (He et al. 2015).
        init.normal_(convolution.weight, 0, Math.Sqrt(2.0 / (outputs * kernel * kernel)));
        return convolution;
    }

    public static Tensor Apply(Tensor x, Conv2d convolution, BatchNorm2d norm)
    {
        var y = functional.conv2d(x, convolution.weight.to(x.dtype), null, convolution.stride, convolution.padding);
        return functional.batch_norm(y, norm.running_mean, norm.running_var, norm.weight, norm.bias, norm.training);
    }
}

/// <summary>A residual block of two 3x3 convolutions whose stride is replaced by average pooling.</summary>
internal sealed class BasicBlock : Module<Tensor, Tensor>
{
    [ComponentName(Name = "conv1")] private readonly Conv2d _conv1;
    [ComponentName(Name = "bn1")] private readonly BatchNorm2d _bn1;
    [ComponentName(Name = "conv2")] private readonly Conv2d _conv2;
    [ComponentName(Name = "bn2")] private readonly BatchNorm2d _bn2;
    [ComponentName(Name = "downsample")] private readonly Shortcut? _downsample;
    private readonly int _stride;

    public BasicBlock(int channels, int planes, int stride) : base(nameof(BasicBlock))
    {
        _stride = stride;
        _conv1 = Convolution.Create(channels, planes, 3);
        _bn1 = BatchNorm2d(planes);
        _conv2 = Convolution.Create(planes, planes, 3);
        _bn2 = BatchNorm2d(planes);
        // An identity branch at the start: the block begins as its shortcut, which trains deeper nets faster.
        init.zeros_(_bn2.weight);
        if (stride > 1 || channels != planes) _downsample = new Shortcut(channels, planes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = Convolution.Apply(x, _conv1, _bn1).relu_();
        if (_stride > 1) (x, y) = (functional.avg_pool2d(x, _stride), functional.avg_pool2d(y, _stride));
        y = Convolution.Apply(y, _conv2, _bn2);
        return (y + (_downsample is null ? x : _downsample.call(x))).relu_().MoveToOuterDisposeScope();
    }

    private sealed class Shortcut : Module<Tensor, Tensor>
    {
        [ComponentName(Name = "0")] private readonly Conv2d _convolution;
        [ComponentName(Name = "1")] private readonly BatchNorm2d _norm;

        public Shortcut(int channels, int planes) : base(nameof(Shortcut))
        {
            _convolution = Convolution.Create(channels, planes, 1);
            _norm = BatchNorm2d(planes);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => Convolution.Apply(x, _convolution, _norm);
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
