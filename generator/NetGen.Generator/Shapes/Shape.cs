using System.Collections.Immutable;

namespace NetGen.Generator;

/// <summary>The element types that a value may have. Emitted arithmetic is float32; the others carry labels, tokens and masks.</summary>
internal enum ElementType
{
    Float32,
    Int32,
    Bool,
}

/// <summary>Dimensions from the outermost, row-major.</summary>
internal sealed record Shape(EquatableArray<Dim> Dims)
{
    public static readonly Shape Scalar = new(EquatableArray<Dim>.Empty);

    public int Rank => this.Dims.Count;

    /// <summary>The number of elements.</summary>
    public Dim Count => this.CountOf(0, this.Rank);

    public bool IsConstant
    {
        get
        {
            foreach (Dim dim in this.Dims)
            {
                if (!dim.IsConstant)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The dimension at an index; negative ones count from the end.</summary>
    public Dim this[int index] => this.Dims[index < 0 ? index + this.Rank : index];

    public Dim Last => this[-1];

    public static Shape Of(params Dim[] dims) => new(dims.ToEquatableArray());

    public static Shape Of(IEnumerable<Dim> dims) => new(dims.ToEquatableArray());

    public Shape With(int index, Dim dim) => Of(this.Dims.Items.SetItem(index < 0 ? index + this.Rank : index, dim));

    /// <summary>The dimensions [start, end) as a shape.</summary>
    public Shape Slice(int start, int end) => Of(this.Dims.Skip(start).Take(end - start));

    /// <summary>The element count of the dimensions [start, end).</summary>
    public Dim CountOf(int start, int end)
    {
        Dim count = 1;
        for (int i = start; i < end; i++)
        {
            count *= this.Dims[i];
        }

        return count;
    }

    public static Shape operator +(Shape left, Shape right) => Of(left.Dims.Concat(right.Dims));

    /// <summary>The shape that NumPy's broadcasting gives, or null where the two do not fit.</summary>
    public static Shape? Broadcast(Shape left, Shape right)
    {
        // Most operands have one shape, or none.
        if (right.Rank == 0 || ReferenceEquals(left, right))
        {
            return left;
        }

        if (left.Rank == 0)
        {
            return right;
        }

        int rank = Math.Max(left.Rank, right.Rank);
        ImmutableArray<Dim>.Builder dims = ImmutableArray.CreateBuilder<Dim>(rank);
        for (int i = 0; i < rank; i++)
        {
            Dim a = i < rank - left.Rank ? 1 : left[i - (rank - left.Rank)];
            Dim b = i < rank - right.Rank ? 1 : right[i - (rank - right.Rank)];
            if (b.IsOne || a == b)
            {
                dims.Add(a);
            }
            else if (a.IsOne)
            {
                dims.Add(b);
            }
            else
            {
                return null;
            }
        }

        return new Shape(dims.MoveToImmutable());
    }

    /// <summary>The numbers under the given sizes of the symbols.</summary>
    public int[] Evaluate(IReadOnlyDictionary<string, long> sizes) => [.. this.Dims.Select(d => checked((int)d.Evaluate(sizes)))];

    public override string ToString() => "(" + string.Join(", ", this.Dims) + ")";
}

/// <summary>What is known of a value before it is computed.</summary>
internal sealed record TensorType(ElementType Element, Shape Shape)
{
    public static TensorType Float(Shape shape) => new(ElementType.Float32, shape);

    public override string ToString() => (this.Element == ElementType.Float32 ? "" : this.Element + " ") + this.Shape;
}
