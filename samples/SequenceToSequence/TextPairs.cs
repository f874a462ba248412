namespace NetGen.Samples;

/// <summary>Texts, and for each what is to be written.</summary>
/// <param name="Sources">The texts.</param>
/// <param name="Targets">What is to be written, one for each of them.</param>
internal sealed record TextPairs(string[] Sources, string[] Targets)
{
    public int Count => Sources.Length;
}
