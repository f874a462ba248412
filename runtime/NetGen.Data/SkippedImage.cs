namespace NetGen;

/// <summary>An image or class that was left out of an <see cref="ImageDataset"/>.</summary>
/// <param name="Path">The file, or the folder of a class without images.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record SkippedImage(string Path, string Reason);
