namespace NetGen;

/// <summary>What becomes of a sample that is mixed with another one.</summary>
/// <param name="Weight">The share of the sample itself in its label, from 0 to 1.</param>
/// <param name="Top">Where the other's part of an image begins, in pixels from above; those count whose place is not below it, and below <paramref name="Bottom"/>.</param>
/// <param name="Bottom">Where it ends.</param>
/// <param name="Left">Where it begins, in pixels from the left.</param>
/// <param name="Right">Where it ends.</param>
internal readonly record struct SampleMix(double Weight, double Top, double Bottom, double Left, double Right);
