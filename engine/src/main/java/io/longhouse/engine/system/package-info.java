/**
 * The tables of the database {@code system}: what the server knows of itself, as rows. Each table
 * is one file that names its columns with a way to get each value; rows are made when they are
 * read, and of a row only the columns that the query asks for. A table is found by its name and
 * holds nothing itself: everything comes from the query's services, so that several engines in one
 * process do not meet.
 */
@NullMarked
package io.longhouse.engine.system;

import org.jspecify.annotations.NullMarked;
