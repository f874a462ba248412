namespace NetGen.Generator;

/// <summary>How a window goes over a tensor: X is (N, spatial..., C), Y is (N, spatial..., C), channels last, one number an axis of space.</summary>
/// <param name="Size">The window's sizes.</param>
/// <param name="Strides">Its steps.</param>
/// <param name="Before">How far it reaches out before the map. What lies outside counts for nothing.</param>
/// <param name="After">How far it reaches out behind the map.</param>
internal sealed record PoolGeometry(EquatableArray<int> Size, EquatableArray<int> Strides, EquatableArray<int> Before, EquatableArray<int> After)
{
    public int Rank => this.Size.Count;

    /// <summary>Whether every window lies inside the map.</summary>
    public bool HasNoPads => this.Before.Concat(this.After).All(p => p == 0);

    public override string ToString() =>
        $"size={string.Join(" ", this.Size)}, strides={string.Join(" ", this.Strides)}{(this.HasNoPads ? "" : $", pads={string.Join(" ", this.Before)} {string.Join(" ", this.After)}")}";

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

        long before = zerosBefore + this.Before[axis], after = zerosAfter + this.After[axis];
        if (before >= this.Size[axis] || after >= this.Size[axis])
        {
            // Some window might hold zeros alone.
            return null;
        }

        return (this with
        {
            Before = this.Before.Select((b, i) => i == axis ? (int)before : b).ToEquatableArray(),
            After = this.After.Select((a, i) => i == axis ? (int)after : a).ToEquatableArray(),
        }, inner);
    }

    /// <summary>Whether steps can come a few at a time: along the time, windows lie side by side and hold steps alone.</summary>
    public bool Streams(StreamContext context)
    {
        for (int i = 0; i < this.Rank; i++)
        {
            if (context.HasTime(0, i + 1))
            {
                if (this.Size[i] != this.Strides[i] || this.Before[i] != 0 || this.After[i] != 0)
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

    /// <summary>Y's shape: floor((X + pads - size) / stride) + 1 along each axis of space.</summary>
    public Shape OutputShape(Shape x)
    {
        if (x.Rank != this.Rank + 2)
        {
            throw new ShapeException($"A pooling over {this.Rank} axes takes an input of rank {this.Rank + 2}, not {x}.");
        }

        List<Dim> dims = [x[0]];
        for (int i = 0; i < this.Rank; i++)
        {
            Dim size = x[i + 1].Affine(this.Before[i] + this.After[i] - this.Size[i] + this.Strides[i], this.Strides[i]);
            dims.Add(size.IsConstant && size.Constant < 1 ? throw new ShapeException($"The window {string.Join(" x ", this.Size)} is larger than the input {x}.") : size);
        }

        dims.Add(x.Last);
        return Shape.Of(dims);
    }

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
                    int position = (at[i + 1] * this.Strides[i]) - this.Before[i] + k[i];
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
