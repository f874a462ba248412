namespace NetGen;

/// <summary>
/// The trainable ranges, one a variable, and their cut into blocks. Blocks begin at places that depend on the ranges alone, never on the number of threads, so
/// that sums over blocks have one order.
/// </summary>
internal sealed class UpdatePlan
{
    /// <summary>32 KB of floats: 500,000 weights divide well between threads.</summary>
    internal const int BlockLength = 8192;

    private UpdatePlan(UpdateRange[] ranges, int[] variables, Block[] blocks)
    {
        Ranges = ranges;
        Variables = variables;
        Blocks = blocks;
    }

    /// <summary>A part of one range.</summary>
    /// <param name="Range">The index of the range.</param>
    /// <param name="Offset">Its first element in the flat buffers.</param>
    /// <param name="Length">Its number of elements.</param>
    internal readonly record struct Block(int Range, int Offset, int Length);

    internal UpdateRange[] Ranges { get; }

    /// <summary>Of each range its place among all variables.</summary>
    internal int[] Variables { get; }

    internal Block[] Blocks { get; }

    /// <summary>Drops frozen ranges and cuts what is left into blocks.</summary>
    /// <param name="variables">One range per variable, in ascending order without overlap.</param>
    /// <param name="length">The length of the flat buffers.</param>
    internal static UpdatePlan Build(ReadOnlySpan<UpdateRange> variables, int length)
    {
        List<UpdateRange> ranges = [];
        List<int> indices = [];
        int end = 0;
        for (int i = 0; i < variables.Length; i++)
        {
            UpdateRange variable = variables[i];
            if (variable.Offset < end || variable.Length < 0 || variable.Length > length - variable.Offset)
            {
                throw new ArgumentException(
                    $"The range of {variable.Length} elements from {variable.Offset} overlaps the one before, which ends at {end}, or leaves the buffer of {length} elements.",
                    nameof(variables));
            }
            Arguments.NotNegative(variable.LearningRateScale, nameof(UpdateRange.LearningRateScale));
            end = variable.Offset + variable.Length;
            if (!variable.Trainable || variable.Length == 0)
                continue;
            ranges.Add(variable);
            indices.Add(i);
        }
        return new UpdatePlan([.. ranges], [.. indices], CutIntoBlocks(ranges));
    }

    private static Block[] CutIntoBlocks(List<UpdateRange> ranges)
    {
        List<Block> blocks = [];
        for (int range = 0; range < ranges.Count; range++)
        {
            int end = ranges[range].Offset + ranges[range].Length;
            for (int offset = ranges[range].Offset; offset < end; offset += BlockLength)
                blocks.Add(new Block(range, offset, Math.Min(BlockLength, end - offset)));
        }
        return [.. blocks];
    }
}
