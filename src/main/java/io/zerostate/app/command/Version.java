package io.zerostate.app.command;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"zerostate " + (version == null ? "(unpackaged)" : version)};
    }
}
