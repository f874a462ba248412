namespace NetGen.Samples;

/// <summary>Makes of a digit what networks for photographs take: (28, 28, 1) to (64, 64, 3), with three equal channels.</summary>
[Resizing(64, 64, Name = "grey"), Concatenate("grey", "grey", "grey")]
public sealed class PhotographAttribute : BlockAttribute;
