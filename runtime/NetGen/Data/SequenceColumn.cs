using System.Numerics;

namespace NetGen;

/// <summary>Sequences of unequal lengths, one behind the other in one array.</summary>
internal sealed class SequenceColumn : TensorColumn
{
    private readonly float[] values;
    private readonly int[] starts;

    private SequenceColumn(TensorInfo info, float[] values, int[] starts)
        : base(info, starts.Length - 1)
    {
        this.values = values;
        this.starts = starts;
    }

    /// <summary>Copies sequences into a column, of numbers that floats hold exactly.</summary>
    internal static SequenceColumn Create<T>(string name, T[][] sequences, ReadOnlySpan<int> stepShape, ElementType elementType)
        where T : struct, INumber<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.Length == 0) throw new ArgumentException($"'{name}' has no sequences; at least one is expected.", nameof(sequences));
        TensorInfo step = new(name, stepShape, elementType);
        if (step.Size == 0) throw new ArgumentException($"A step of '{name}' has the shape {TensorInfo.FormatShape(stepShape)}, which has no element.", nameof(stepShape));
        int[] starts = new int[sequences.Length + 1];
        int longest = 1;
        long length = 0;
        for (int i = 0; i < sequences.Length; i++)
        {
            if (sequences[i] is null) throw new ArgumentException($"Sequence {i} of '{name}' is null; one without a step is an empty array.", nameof(sequences));
            (int steps, int rest) = Math.DivRem(sequences[i].Length, step.Size);
            if (rest != 0)
            {
                throw new ArgumentException(
                    $"Sequence {i} of '{name}' has {sequences[i].Length} values, which is no multiple of {step.Size}, the size of a step of shape {TensorInfo.FormatShape(stepShape)}.", nameof(sequences));
            }

            longest = Math.Max(longest, steps);
            length += sequences[i].Length;
            if (length > Array.MaxLength) throw new ArgumentException($"'{name}' has more than {Array.MaxLength} values.", nameof(sequences));
            starts[i + 1] = (int)length;
        }

        float[] values = new float[length];
        for (int i = 0; i < sequences.Length; i++)
        {
            for (int k = 0; k < sequences[i].Length; k++)
            {
                T value = sequences[i][k];
                if (elementType == ElementType.Int32 && int.CreateChecked(value) is < -LargestExactInteger or > LargestExactInteger)
                    throw new ArgumentException($"Element {k} of sequence {i} of '{name}' is {value}; integers must lie within ±{LargestExactInteger}, where floats are exact.");
                values[starts[i] + k] = float.CreateChecked(value);
            }
        }

        return new SequenceColumn(new TensorInfo(name, [longest, .. stepShape], elementType, isSequence: true), values, starts);
    }

    internal override int StepsOf(int index) => (starts[index + 1] - starts[index]) / Info.StepSize;

    internal override void Read(SampleId sample, Span<float> destination) => Values(sample.Index).CopyTo(destination);

    internal override bool TryGetSpan(int index, out ReadOnlySpan<float> span)
    {
        span = Values(index);
        return true;
    }

    private ReadOnlySpan<float> Values(int index) => values.AsSpan(starts[index]..starts[index + 1]);
}
