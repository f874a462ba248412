namespace NetGen.Generator;

/// <summary>How a window goes over a tensor: X is (N, spatial..., C), Y is (N, spatial..., C), channels last, one number an axis of space.</summary>
/// <param name="Size">The window's sizes.</param>
/// <param name="Strides">Its steps.</param>
/// <param name="Before">How far it reaches out before the map. What lies outside counts for nothing, unless <see cref="CountsPads"/>.</param>
/// <param name="After">How far it reaches out behind the map.</param>
internal sealed record PoolGeometry(EquatableArray<int> Size, EquatableArray<int> Strides, EquatableArray<int> Before, EquatableArray<int> After)
{
    /// <summary>The distances of a window's elements.</summary>
    public EquatableArray<int> Dilations { get; init; } = Size.Select(_ => 1).ToEquatableArray();

    /// <summary>Whether what lies outside the map counts as zeros in a mean; it never does in a maximum.</summary>
    public bool CountsPads { get; init; }

    public int Rank => this.Size.Count;

    /// <summary>Whether every window lies inside the map.</summary>
    public bool HasNoPads => this.Before.Concat(this.After).All(p => p == 0);

    /// <summary>Whether the elements of a window stand apart.</summary>
    public bool IsDilated => this.Dilations.Any(d => d != 1);

    public override string ToString() =>
        $"size={string.Join(" ", this.Size)}, strides={string.Join(" ", this.Strides)}{(this.IsDilated ? $", dilations={string.Join(" ", this.Dilations)}" : "")}{(this.HasNoPads ? "" : $", pads={string.Join(" ", this.Before)} {string.Join(" ", this.After)}{(this.CountsPads ? " counted" : "")}")}";

    /// <summary>How many places of the map a window spans along an axis.</summary>
    public int Extent(int axis) => checked((this.Dilations[axis] * (this.Size[axis] - 1)) + 1);

    /// <summary>
    /// The map without the zeros that a <see cref="Pad"/> puts along an axis of space, and the geometry that has them instead; null where none does so by constants. It holds for
    /// maxima of what a relu gave: none of it is below the zeros, and what gradient a zero takes ends at the relu.
    /// </summary>
    public (PoolGeometry Geometry, Value X)? WithoutPadOfRelu(Value x)
    {
        if (Pad.AroundMap(x, this.Rank) is not (int axis, long zerosBefore, long zerosAfter, Value inner) || !IsFromRelu(inner))
        {
            return null;
        }

        return this.Widened(axis, zerosBefore, zerosAfter) is { } geometry ? (geometry, inner) : null;
    }

    /// <summary>The same for means, in which the zeros count.</summary>
    public (PoolGeometry Geometry, Value X)? WithoutPadOfMean(Value x) =>
        Pad.AroundMap(x, this.Rank) is (int axis, long before, long after, Value inner) && this.CountingPads(axis, before, after) is { } geometry ? (geometry, inner) : null;

    /// <summary>A mean over a map that is smaller along one axis by zeros, which count; null where others do not, or where a window might hold zeros alone.</summary>
    public PoolGeometry? CountingPads(int axis, long before, long after) =>
        this.CountsPads || this.HasNoPads ? (this with { CountsPads = true }).Widened(axis, before, after) : null;

    private PoolGeometry? Widened(int axis, long zerosBefore, long zerosAfter)
    {
        // Some window might hold zeros alone.
        long before = zerosBefore + this.Before[axis], after = zerosAfter + this.After[axis];
        return before >= this.Size[axis] || after >= this.Size[axis] || this.Dilations[axis] != 1 ? null : this with
        {
            Before = this.Before.Select((b, i) => i == axis ? (int)before : b).ToEquatableArray(),
            After = this.After.Select((a, i) => i == axis ? (int)after : a).ToEquatableArray(),
        };
    }

    /// <summary>Whether steps can come a few at a time: along the time, windows lie side by side and hold steps alone.</summary>
    public bool Streams(StreamContext context)
    {
        for (int i = 0; i < this.Rank; i++)
        {
            if (context.HasTime(0, i + 1))
            {
                if (this.Size[i] != this.Strides[i] || this.Dilations[i] != 1 || this.Before[i] != 0 || this.After[i] != 0)
                {
                    return false;
                }

                context.TakeMultiple(context.Inputs[0].Shape[i + 1], this.Strides[i]);
            }
        }

        return true;
    }

    private static bool IsFromRelu(Value x) => x.Producer switch
    {
        { Op: Map { Body: [CallExpr { Function.Name: "Relu" }] } } => true,
        { Op: Pad, Inputs: [var inner] } => IsFromRelu(inner),
        _ => false,
    };

    /// <summary>Y's shape: floor((X + pads - dilation (size - 1) - 1) / stride) + 1 along each axis of space.</summary>
    public Shape OutputShape(Shape x)
    {
        if (x.Rank != this.Rank + 2)
        {
            throw new ShapeException($"A pooling over {this.Rank} axes takes an input of rank {this.Rank + 2}, not {x}.");
        }

        List<Dim> dims = [x[0]];
        for (int i = 0; i < this.Rank; i++)
        {
            Dim size = x[i + 1].Affine(this.Before[i] + this.After[i] - this.Extent(i) + this.Strides[i], this.Strides[i]);
            dims.Add(size.IsConstant && size.Constant < 1 ? throw new ShapeException($"The window {string.Join(" x ", this.Size)} is larger than the input {x}.") : size);
        }

        dims.Add(x.Last);
        return Shape.Of(dims);
    }

    /// <summary>By what the sum of a window's real elements is divided in a mean.</summary>
    public int CountOf(IReadOnlyList<int> sources) => this.CountsPads ? this.Size.Aggregate(1, (a, s) => a * s) : sources.Count;

    /// <summary>Visits every window, in order: the position in Y, and the positions of its real elements in X, in order.</summary>
    public void ForEach(int[] x, int[] y, Action<int, IReadOnlyList<int>> visit)
    {
        int channels = x[x.Length - 1], place = 0;
        int[] size = [.. this.Size];
        foreach (int[] at in DoubleTensor.Indices([.. y.Take(this.Rank + 1)]))
        {
            List<int> sources = [];
            foreach (int[] k in DoubleTensor.Indices(size))
            {
                int source = at[0];
                bool isInside = true;
                for (int i = 0; i < this.Rank; i++)
                {
                    int position = (at[i + 1] * this.Strides[i]) - this.Before[i] + (k[i] * this.Dilations[i]);
                    isInside &= position >= 0 && position < x[i + 1];
                    source = (source * x[i + 1]) + position;
                }

                if (isInside)
                {
                    sources.Add(source);
                }
            }

            for (int c = 0; c < channels; c++)
            {
                visit((place * channels) + c, [.. sources.Select(s => (s * channels) + c)]);
            }

            place++;
        }
    }
}
