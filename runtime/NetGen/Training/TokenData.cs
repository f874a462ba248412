using System.Globalization;

namespace NetGen;

/// <summary>Looks for the token that an Embedding has no row for, in a batch on which a program has failed: it is told by its place.</summary>
internal static class TokenData
{
    /// <summary>Looks through the inputs that an Embedding reads.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="binding">Which of its tensors is which.</param>
    /// <param name="definition">The network.</param>
    /// <param name="samples">The only input where it does not lie in the batch.</param>
    /// <exception cref="ArgumentException">A token is outside the vocabulary.</exception>
    public static void Check(Batch batch, DataBinding binding, NetworkDefinition definition, ReadOnlySpan<float> samples)
    {
        for (int i = 0; i < definition.Inputs.Length; i++)
        {
            InputInfo input = definition.Inputs[i];
            if (input.Tokens == 0) continue;
            ReadOnlySpan<float> tokens = samples.IsEmpty ? batch.Input(binding.InputOf(i)) : samples;
            int size = tokens.Length / batch.Count;
            for (int k = 0; k < tokens.Length; k++)
            {
                if (tokens[k] >= 0 && tokens[k] < input.Tokens) continue;
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"The input '{input.Name}' holds the token {tokens[k]} in {batch.PlaceOf(k / size)}, step {k % size}; whole numbers from 0 to {input.Tokens - 1} are expected."));
            }
        }
    }
}
