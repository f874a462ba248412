using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>A tensor of the model on its way into the tape.</summary>
/// <param name="Type">The type of its elements in the model; NetGen computes in float32.</param>
internal abstract record TensorValue(DataType Type)
{
    /// <summary>The sizes as the model has them; the batch and a time are symbols.</summary>
    public abstract IReadOnlyList<Size> Dims { get; }

    public int Rank => this.Dims.Count;

    /// <summary>Whether the elements are whole numbers.</summary>
    public bool IsInteger => this.Type is DataType.Int8 or DataType.Int16 or DataType.Int32 or DataType.Int64 or DataType.Uint8 or DataType.Uint16 or DataType.Uint32 or DataType.Uint64;
}

/// <summary>A tensor whose elements are known. They are made when they are asked for, so that large weights are not all in memory.</summary>
internal sealed record ConstantValue : TensorValue
{
    private const int LargestKept = 1 << 16;

    private readonly Func<double[]>? doubles;
    private readonly Func<float[]>? floats;
    private double[]? kept;

    private ConstantValue(DataType type, int[] shape, Func<double[]>? doubles, Func<float[]>? floats)
        : base(type)
    {
        this.Shape = shape;
        this.doubles = doubles;
        this.floats = floats;
        this.Dims = [.. shape.Select(d => (Size)d)];
    }

    public int[] Shape { get; }

    public override IReadOnlyList<Size> Dims { get; }

    public int Count => checked((int)this.Shape.Aggregate(1L, (a, b) => checked(a * b)));

    /// <summary>The initializer that it was at first, by which weights are named; or null.</summary>
    public string? Name { get; init; }

    public static ConstantValue Of(DataType type, int[] shape, double[] data) => new(type, shape, () => data, null) { kept = data };

    public static ConstantValue Of(DataType type, int[] shape, Func<double[]> data) => new(type, shape, data, null);

    public static ConstantValue OfFloats(int[] shape, Func<float[]> data) => new(DataType.Float, shape, null, data);

    public static ConstantValue Of(OnnxTensor tensor) =>
        new(tensor.Type, tensor.Shape, tensor.ReadDoubles, tensor.Type is DataType.Float ? tensor.ReadFloats : null) { Name = tensor.Name.Length > 0 ? tensor.Name : null };

    public static ConstantValue Integers(params long[] values) => Of(DataType.Int64, [values.Length], [.. values.Select(v => (double)v)]);

    public static ConstantValue Integer(long value) => Of(DataType.Int64, [], [value]);

    public double[] Data()
    {
        double[] data = this.kept ?? this.doubles?.Invoke() ?? Array.ConvertAll(this.floats!(), x => (double)x);
        if (data.Length <= LargestKept)
        {
            this.kept = data;
        }

        return data;
    }

    public float[] Floats() => this.floats?.Invoke() ?? Array.ConvertAll(this.Data(), x => (float)x);

    /// <summary>Whole numbers; those beyond 64 bits are at their ends.</summary>
    public long[] Longs() => Array.ConvertAll(this.Data(), x => (long)x);

    /// <exception cref="ConversionException">The shape holds another number of elements: a model may say so.</exception>
    public ConstantValue Reshaped(int[] shape) => shape.Aggregate(1L, (a, b) => a * b) == this.Count ? new(this.Type, shape, this.doubles, this.floats) { Name = this.Name, kept = this.kept }
        : throw new ConversionException($"its constant '{ModelFileException.Shorten(this.Name ?? "")}' has the shape ({string.Join(", ", this.Shape)}), where ({string.Join(", ", shape)}) is needed.");

    public ConstantValue WithType(DataType type, Func<double, double>? convert = null) =>
        convert is null ? new(type, this.Shape, this.doubles, this.floats) { Name = this.Name, kept = this.kept }
        : new(type, this.Shape, () => Array.ConvertAll(this.Data(), x => convert(x)), null) { Name = this.Name };

    /// <summary>The axes in another order: axis i of the result is axis <paramref name="order"/>[i].</summary>
    /// <exception cref="ConversionException">It has another number of axes: a model may say so.</exception>
    public ConstantValue Transposed(IReadOnlyList<int> order)
    {
        if (order.Count != this.Rank)
        {
            throw new ConversionException($"its constant '{ModelFileException.Shorten(this.Name ?? "")}' of the shape ({string.Join(", ", this.Shape)}) has {this.Rank} axes, where {order.Count} are needed.");
        }

        if (order.SequenceEqual(Enumerable.Range(0, this.Shape.Length)))
        {
            return this;
        }

        int[] shape = [.. order.Select(a => this.Shape[a])];
        return this.floats is null
            ? new(this.Type, shape, () => Layouts.Transpose(this.Data(), this.Shape, order), null) { Name = this.Name }
            : new(this.Type, shape, null, () => Layouts.Transpose(this.Floats(), this.Shape, order)) { Name = this.Name };
    }
}

/// <summary>Whole numbers that are made of sizes, some of them known only at run time: what exporters compute shapes with. A scalar or a vector.</summary>
/// <param name="Values">The numbers.</param>
/// <param name="IsScalar">Whether it has no axis.</param>
internal sealed record SizesValue(IReadOnlyList<Size> Values, bool IsScalar) : TensorValue(DataType.Int64)
{
    public override IReadOnlyList<Size> Dims => this.IsScalar ? [] : [this.Values.Count];

    /// <summary>The same, as a constant where all numbers are known.</summary>
    public static TensorValue Of(IReadOnlyList<Size> values, bool isScalar = false) =>
        !values.All(v => v.IsConstant) ? new SizesValue(values, isScalar)
        : ConstantValue.Of(DataType.Int64, isScalar ? [] : [values.Count], [.. values.Select(v => (double)v.Constant)]);

    /// <summary>The numbers of a value, or null where it has others.</summary>
    public static IReadOnlyList<Size>? Read(TensorValue value) => value switch
    {
        SizesValue sizes => sizes.Values,
        ConstantValue { Rank: <= 1 } constant => [.. constant.Longs().Select(v => (Size)v)],
        _ => null,
    };
}

/// <summary>An output on the tape, and how the model's axes lie in it.</summary>
/// <param name="Name">The tap.</param>
/// <param name="Physical">Its shape on the tape, the batch first.</param>
/// <param name="Axes">For each axis of the model's tensor the axis on the tape, or -1 where it is of size 1 and not there.</param>
/// <param name="Type">The type of its elements in the model.</param>
internal sealed record TapValue(string Name, Shape Physical, EquatableArray<int> Axes, DataType Type) : TensorValue(Type)
{
    public override IReadOnlyList<Size> Dims => [.. this.Axes.Select(a => a < 0 ? (Size)1 : this.Physical[a])];

    /// <summary>The model's axis that is the batch on the tape, or -1 where the tape has one in front that the model lacks.</summary>
    public int BatchAxis => Array.IndexOf([.. this.Axes], 0);

    /// <summary>Whether no element can be negative, so that zeros around a map do not change its maxima.</summary>
    public bool IsNonNegative { get; init; }

    /// <summary>Where its last axis is a map's flattened in the order of the tape: how the model would have it.</summary>
    public Flattening? Flattened { get; init; }

    /// <summary>The model's axes in the order of the tape.</summary>
    public IReadOnlyList<int> Order => [.. Enumerable.Range(0, this.Axes.Count).Where(a => this.Axes[a] >= 0).OrderBy(a => this.Axes[a])];

    public static EquatableArray<int> Natural(int rank, bool hasBatch) => Enumerable.Range(hasBatch ? 0 : 1, rank).ToEquatableArray();
}

/// <summary>Axes of a map that were taken as one in the order of the tape.</summary>
/// <param name="Sizes">Of the axes, in the order of the tape.</param>
/// <param name="Order">Of these axes, in the order of the model: the model's axis i is axis Order[i] of the tape's.</param>
internal sealed record Flattening(EquatableArray<int> Sizes, EquatableArray<int> Order);
