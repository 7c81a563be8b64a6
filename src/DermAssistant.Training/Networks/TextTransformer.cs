using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DermAssistant.Training;

/// <summary>The text tower of CLIP with the parameter names of open_clip: pre-norm transformer, causal mask,
/// the embedding read at the end-of-text token.</summary>
internal sealed class TextTransformer : Module<Tensor, Tensor>
{
    private readonly Embedding _tokens;
    private readonly Parameter _positions, _projection;
    private readonly Module<Tensor, Tensor> _transformer;
    private readonly LayerNorm _norm;
    private readonly TextBlock[] _blocks;

    public TextTransformer(int vocabulary, int context, int width, int heads, int layers, int embedding) : base(nameof(TextTransformer))
    {
        register_parameter("positional_embedding", _positions = new Parameter(randn(context, width) * 0.01));
        register_parameter("text_projection", _projection = new Parameter(randn(width, embedding) / Math.Sqrt(width)));
        register_module("token_embedding", _tokens = Embedding(vocabulary, width));
        init.normal_(_tokens.weight, 0, 0.02);
        _blocks = [.. Enumerable.Range(0, layers).Select(_ => new TextBlock(width, heads, layers))];
        _transformer = new TextBlocks(_blocks);
        register_module("transformer", _transformer);
        register_module("ln_final", _norm = LayerNorm(width));
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
        private readonly TextBlock[] _blocks;

        public TextBlocks(TextBlock[] blocks) : base(nameof(TextBlocks))
        {
            _blocks = blocks;
            register_module("resblocks", ModuleList(blocks));
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
    private readonly LayerNorm _norm1, _norm2;
    private readonly CausalAttention _attention;
    private readonly Perceptron _mlp;

    public TextBlock(int width, int heads, int layers) : base(nameof(TextBlock))
    {
        register_module("ln_1", _norm1 = LayerNorm(width));
        register_module("attn", _attention = new CausalAttention(width, heads, layers));
        register_module("ln_2", _norm2 = LayerNorm(width));
        register_module("mlp", _mlp = new Perceptron(width, layers));
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = x + _attention.call(_norm1.call(x));
        return (x + _mlp.call(_norm2.call(x))).MoveToOuterDisposeScope();
    }

    private sealed class CausalAttention : Module<Tensor, Tensor>
    {
        private readonly Parameter _inWeight, _inBias;
        private readonly Linear _out;
        private readonly int _heads;

        public CausalAttention(int width, int heads, int layers) : base(nameof(CausalAttention))
        {
            _heads = heads;
            register_parameter("in_proj_weight", _inWeight = new Parameter(randn(3 * width, width) / Math.Sqrt(width)));
            register_parameter("in_proj_bias", _inBias = new Parameter(zeros(3 * width)));
            register_module("out_proj", _out = Linear(width, width));
            init.normal_(_out.weight, 0, 1 / Math.Sqrt(2.0 * width * layers));
            init.zeros_(_out.bias);
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
        private readonly Linear _up, _down;

        public Perceptron(int width, int layers) : base(nameof(Perceptron))
        {
            register_module("c_fc", _up = Linear(width, 4 * width));
            register_module("c_proj", _down = Linear(4 * width, width));
            init.normal_(_up.weight, 0, 1 / Math.Sqrt(2.0 * width));
            init.normal_(_down.weight, 0, 1 / Math.Sqrt(8.0 * width * layers));
            init.zeros_(_up.bias);
            init.zeros_(_down.bias);
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            return _down.call(functional.gelu(_up.call(x))).MoveToOuterDisposeScope();
        }
    }
}
