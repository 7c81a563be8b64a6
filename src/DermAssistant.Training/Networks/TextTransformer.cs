using TorchSharp.Utils;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DermAssistant.Training;

/// <summary>The text tower of CLIP with the parameter names of open_clip: pre-norm transformer, causal mask,
/// the embedding read at the end-of-text token.</summary>
internal sealed class TextTransformer : Module<Tensor, Tensor>
{
    [ComponentName(Name = "positional_embedding")] private readonly Parameter _positions;
    [ComponentName(Name = "text_projection")] private readonly Parameter _projection;
    [ComponentName(Name = "token_embedding")] private readonly Embedding _tokens;
    [ComponentName(Name = "transformer")] private readonly TextBlocks _transformer;
    [ComponentName(Name = "ln_final")] private readonly LayerNorm _norm;

    public TextTransformer(int vocabulary, int context, int width, int heads, int layers, int embedding) : base(nameof(TextTransformer))
    {
        _positions = new Parameter(randn(context, width) * 0.01);
        _projection = new Parameter(randn(width, embedding) / Math.Sqrt(width));
        _tokens = Embedding(vocabulary, width);
        init.normal_(_tokens.weight, 0, 0.02);
        _transformer = new TextBlocks([.. Enumerable.Range(0, layers).Select(_ => new TextBlock(width, heads, layers))]);
        _norm = LayerNorm(width);
        RegisterComponents();
    }

    /// <summary>[N, L] token ids, end-of-text the highest id of each row, to [N, embedding], not normalised.</summary>
    public override Tensor forward(Tensor ids)
    {
        using var scope = NewDisposeScope();
        var x = _tokens.call(ids) + _positions[..(int)ids.shape[1]];
        x = _norm.call(_transformer.call(x));
        var ends = ids.argmax(-1);
        return x[arange(ids.shape[0]), ends].matmul(_projection).MoveToOuterDisposeScope();
    }

    private sealed class TextBlocks : Module<Tensor, Tensor>
    {
        [ComponentName(Name = "resblocks")] private readonly ModuleList<TextBlock> _blocks;

        public TextBlocks(TextBlock[] blocks) : base(nameof(TextBlocks))
        {
            _blocks = ModuleList(blocks);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            foreach (var block in _blocks) x = block.call(x);
            return x;
        }
    }
}

/// <summary>One pre-norm block with causal attention and exact GELU.</summary>
internal sealed class TextBlock : Module<Tensor, Tensor>
{
    [ComponentName(Name = "ln_1")] private readonly LayerNorm _norm1;
    [ComponentName(Name = "attn")] private readonly CausalAttention _attention;
    [ComponentName(Name = "ln_2")] private readonly LayerNorm _norm2;
    [ComponentName(Name = "mlp")] private readonly Perceptron _mlp;

    public TextBlock(int width, int heads, int layers) : base(nameof(TextBlock))
    {
        _norm1 = LayerNorm(width);
        _attention = new CausalAttention(width, heads, layers);
        _norm2 = LayerNorm(width);
        _mlp = new Perceptron(width, layers);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = x + _attention.call(_norm1.call(x));
        return (x + _mlp.call(_norm2.call(x))).MoveToOuterDisposeScope();
    }

    private sealed class CausalAttention : Module<Tensor, Tensor>
    {
        [ComponentName(Name = "in_proj_weight")] private readonly Parameter _inWeight;
        [ComponentName(Name = "in_proj_bias")] private readonly Parameter _inBias;
        [ComponentName(Name = "out_proj")] private readonly Linear _out;
        private readonly int _heads;

        public CausalAttention(int width, int heads, int layers) : base(nameof(CausalAttention))
        {
            _heads = heads;
            _inWeight = new Parameter(randn(3 * width, width) / Math.Sqrt(width));
            _inBias = new Parameter(zeros(3 * width));
            _out = Linear(width, width);
            init.normal_(_out.weight, 0, 1 / Math.Sqrt(2.0 * width * layers));
            init.zeros_(_out.bias);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            var (n, length, width) = (x.shape[0], x.shape[1], x.shape[2]);
            var qkv = functional.linear(x, _inWeight, _inBias).view(n, length, 3, _heads, width / _heads).permute(2, 0, 3, 1, 4);
            var scores = qkv[0].matmul(qkv[1].transpose(-2, -1)) / Math.Sqrt(width / _heads);
            var mask = full(length, length, float.NegativeInfinity).triu(1);
            var mixed = (scores + mask).softmax(-1).matmul(qkv[2]).transpose(1, 2).reshape(n, length, width);
            return _out.call(mixed).MoveToOuterDisposeScope();
        }
    }

    private sealed class Perceptron : Module<Tensor, Tensor>
    {
        [ComponentName(Name = "c_fc")] private readonly Linear _up;
        [ComponentName(Name = "c_proj")] private readonly Linear _down;

        public Perceptron(int width, int layers) : base(nameof(Perceptron))
        {
            _up = Linear(width, 4 * width);
            _down = Linear(4 * width, width);
            init.normal_(_up.weight, 0, 1 / Math.Sqrt(2.0 * width));
            init.normal_(_down.weight, 0, 1 / Math.Sqrt(8.0 * width * layers));
            init.zeros_(_up.bias);
            init.zeros_(_down.bias);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            return _down.call(functional.gelu(_up.call(x))).MoveToOuterDisposeScope();
        }
    }
}
