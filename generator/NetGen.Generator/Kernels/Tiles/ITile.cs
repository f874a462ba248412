namespace NetGen.Generator;

/// <summary>An innermost method that several kernels call. Equal ones of a network are written once.</summary>
internal interface ITile
{
    string Name { get; }

    /// <summary>Writes the method.</summary>
    void Emit(CodeWriter code, EmitOptions options);
}
