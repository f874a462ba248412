namespace NetGen.Generator;

/// <summary>What all layers of a tape share while it is being built.</summary>
internal sealed class TapeState(bool training, bool carries, bool evaluates)
{
    public Graph Graph { get; } = new();

    public bool Training { get; } = training;

    /// <summary>Whether layers with <c>Stateful</c> start where the batch before ended.</summary>
    public bool Carries { get; } = carries;

    /// <summary>Whether penalties on activities are computed: in training, and in inference whose loss is asked for.</summary>
    public bool Penalizes { get; } = training || evaluates;

    public List<RandomStream> RandomStreams { get; } = [];

    public List<Adaptation> Adaptations { get; } = [];

    /// <summary>Which steps of a time count by the lengths that a caller may give, of shape (batch, time).</summary>
    public Dictionary<Dim, Value> LengthMasks { get; } = [];

    /// <summary>A tensor's elements must be addressable by an int within one sample.</summary>
    public void CheckSize(Shape shape, LayerContext context, string what)
    {
        // An overflow here, or where an op multiplies sizes, is NG0017 too.
        long count = 1;
        foreach (Dim dim in shape.Dims)
        {
            count = checked(count * dim.Scale);
        }

        if (count > int.MaxValue)
        {
            throw context.Fail("NG0017", null, $"The {what} of {context.Place} would have {shape.Count} elements, shape {shape}; at most {int.MaxValue} can be addressed.");
        }
    }
}
