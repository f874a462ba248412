namespace NetGen.Conformance.Tests.Keras;

/// <summary>A typed array of a case, row-major. Values are held in double; bool is 0 and 1.</summary>
internal sealed record KerasArray(string DType, int[] Shape, double[] Data)
{
    public int Rank => Shape.Length;

    public int Length => Data.Length;

    public float[] ToFloats() => [.. Data.Select(x => (float)x)];

    public static KerasArray FromScalar(double value) => new("float64", [], [value]);

    public static KerasArray FromFloats(ReadOnlySpan<float> data, params int[] shape) => new("float32", shape, [.. data.ToArray().Select(x => (double)x)]);

    public override string ToString() => $"{DType}[{string.Join(", ", Shape)}]";
}
