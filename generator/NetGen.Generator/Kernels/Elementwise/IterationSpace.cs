namespace NetGen.Generator;

/// <summary>
/// The loops of an element-wise kernel: the output's dimensions, without those of size one, and with neighbours merged wherever every operand runs
/// through both in one stride.
/// </summary>
/// <param name="Dims">Sizes from the outermost; at least one.</param>
/// <param name="Strides">For each operand its stride along each merged dimension, in floats; 0 where it is broadcast.</param>
internal sealed record IterationSpace(EquatableArray<Dim> Dims, EquatableArray<EquatableArray<Dim>> Strides)
{
    public static IterationSpace Of(Shape output, IReadOnlyList<Shape> inputs)
    {
        List<int> kept = [.. Enumerable.Range(0, output.Rank).Where(i => output[i] != 1)];
        List<Dim> dims = [.. kept.Select(i => output[i])];

        // The output itself comes last: it is dense, so it never hinders a merge that the inputs allow.
        List<List<Dim>> strides = [.. inputs.Append(output).Select(s => { Dim[] all = StridesOf(s, output); return kept.Select(i => all[i]).ToList(); })];
        for (int i = dims.Count - 2; i >= 0; i--)
        {
            if (strides.All(s => s[i] == s[i + 1] * dims[i + 1]))
            {
                dims[i] = dims[i] * dims[i + 1];
                dims.RemoveAt(i + 1);
                strides.ForEach(s => s.RemoveAt(i));
            }
        }

        if (dims.Count == 0)
        {
            dims.Add(1);
            strides.ForEach(s => s.Add(1));
        }

        strides.RemoveAt(strides.Count - 1);
        return new IterationSpace(dims.ToEquatableArray(), strides.Select(s => s.ToEquatableArray()).ToEquatableArray());
    }

    private static Dim[] StridesOf(Shape shape, Shape output)
    {
        Dim[] strides = [.. Enumerable.Repeat((Dim)0, output.Rank)];
        Dim stride = 1;
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            strides[i + output.Rank - shape.Rank] = shape[i] == 1 ? 0 : stride;
            stride *= shape[i];
        }

        return strides;
    }
}
