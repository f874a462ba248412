using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>A map with its channels last, and how the results of an op over it lie.</summary>
internal sealed class Maps
{
    private readonly TapValue source;
    private readonly bool isHidden;

    private Maps(TapValue source, string tap, bool isHidden, bool isDistributed)
    {
        this.source = source;
        this.Tap = tap;
        this.isHidden = isHidden;
        this.IsDistributed = isDistributed;
    }

    /// <summary>(batch, space..., channels).</summary>
    public string Tap { get; }

    /// <summary>The axes of space.</summary>
    public int Space => this.source.Rank - 2;

    public Size Channels => this.source.Dims[1];

    public IReadOnlyList<Size> Sizes => [.. this.source.Dims.Skip(2)];

    /// <summary>Whether the model's first axis is the batch.</summary>
    public bool IsBatch => this.source.BatchAxis == 0;

    public bool IsNonNegative => this.source.IsNonNegative;

    /// <summary>Whether the model's first axis is a part of the sample, so that the op is applied to each of its elements.</summary>
    public bool IsDistributed { get; }

    public static Maps Of(NodeContext c, int input = 0)
    {
        TapValue x = c.Plain(input);
        if (x.Rank < 3)
        {
            throw new ConversionException($"its input has the shape ({string.Join(", ", x.Dims)}), which is no map of (batch, channels, space...).");
        }

        if (x.BatchAxis > 0)
        {
            throw new BatchException("The batch is not the first axis of a map.");
        }

        bool isHidden = x.BatchAxis < 0, isDistributed = isHidden && !x.Dims[0].IsOne;
        IEnumerable<int> order = Enumerable.Range(2, x.Rank - 2).Append(1);
        TapValue arranged = c.Writer.Arrange(x, [.. isHidden && !isDistributed ? order : order.Prepend(0)]);
        return new Maps(x, arranged.Name, isHidden, isDistributed);
    }

    /// <summary>Applies a layer, to each of the model's own samples where they are part of one.</summary>
    public string Apply(NodeContext c, string kind, string? name, IReadOnlyList<(string Name, ConstantValue Value)> weights, IReadOnlyList<(string Name, ArgumentValue Value)> arguments, string? tap = null) =>
        c.Writer.Apply(kind, [tap ?? this.Tap], name, weights, this.IsDistributed ? [.. arguments, ("TimeDistributed", new BooleanValue(true))] : [.. arguments]);

    /// <summary>A result of (batch, space..., channels).</summary>
    public TapValue Result(NodeContext c, string tap)
    {
        int first = this.isHidden && !this.IsDistributed ? -1 : this.isHidden ? 1 : 0;
        int rank = this.source.Rank;
        int space = this.IsDistributed ? 2 : 1;
        return c.Writer.Value(tap, [first, space + rank - 2, .. Enumerable.Range(space, rank - 2)], this.source.Type);
    }

    /// <summary>A result of (batch, channels), which has in the model axes of size 1 for space.</summary>
    public TapValue Pooled(NodeContext c, string tap)
    {
        int first = this.isHidden && !this.IsDistributed ? -1 : this.isHidden ? 1 : 0;
        return c.Writer.Value(tap, [first, this.IsDistributed ? 2 : 1, .. Enumerable.Repeat(-1, this.source.Rank - 2)], this.source.Type);
    }
}
