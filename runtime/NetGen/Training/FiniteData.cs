using System.Globalization;

namespace NetGen;

/// <summary>Looks for NaN and infinity in the data of a batch whose loss is not finite: they are told by their place, where a loss that diverged says nothing.</summary>
internal static class FiniteData
{
    /// <summary>Looks through what a loss was computed of.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="binding">Which of its tensors is which.</param>
    /// <param name="definition">The network, by whose names inputs are told.</param>
    /// <param name="heads">The outputs.</param>
    /// <param name="samples">The only input where it does not lie in the batch.</param>
    /// <exception cref="InvalidDataException">A value is not finite.</exception>
    public static void Check(Batch batch, DataBinding binding, NetworkDefinition definition, OutputHead[] heads, ReadOnlySpan<float> samples)
    {
        for (int i = 0; i < definition.Inputs.Length; i++)
            Check("input", definition.Inputs[i].Name, samples.IsEmpty ? batch.Input(binding.InputOf(i)) : samples, batch);
        for (int i = 0; i < heads.Length; i++)
        {
            if (binding.TargetOf(i) is >= 0 and int target) Check("target", heads[i].Info.Name, batch.Target(target), batch);
        }

        Check("sample weights", "", batch.SampleWeights, batch);
    }

    private static void Check(string kind, string name, ReadOnlySpan<float> values, Batch batch)
    {
        int size = values.Length / batch.Count;
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsFinite(values[i])) continue;
            string tensor = name.Length == 0 ? $"The {kind} hold" : $"The {kind} '{name}' holds";
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{tensor} {values[i]} in {batch.PlaceOf(i / size)}, element {i % size}; a finite number is expected."));
        }
    }
}
